"""The W3C suites of the RDF formats, read as `tradegraph serve --dataset` reads files."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from tradegraph.errors import NotSound
from tradegraph.release.files import read
from w3c.deviations import RDF_DEVIATIONS, REASON
from w3c.suites import AT_HAND, MF, NOT_AT_HAND, RDF_11, RDF_12, Suite, address_of, file_at, manifests, name_of

pytestmark = pytest.mark.skipif(not AT_HAND, reason=NOT_AT_HAND)


@dataclass(frozen=True)
class Case:
    """A document: `result` is what it must be read as, None when it is enough that it can (`right`) or cannot be."""

    name: str
    document: Path
    right: bool
    result: Path | None


def cases(suite: Suite) -> list[Case]:
    """Return the cases about reading; the suites also have some about writing and about entailment."""
    if not AT_HAND:
        return []
    found = []
    # The newer suite also includes the older one; that is counted where it belongs.
    for manifest in (one for one in manifests(suite.path) if one.path.is_relative_to(suite.path.parent)):
        for test, kind in manifest.entries():
            if not kind.endswith(("PositiveSyntax", "NegativeSyntax", "Eval")):
                continue
            [action] = manifest.values(test, MF + "action")
            results = [file_at(node.value) for node in manifest.values(test, MF + "result")]
            right = not kind.endswith("NegativeSyntax")
            found.append(Case(name_of(manifest, test), file_at(action.value), right, next(iter(results), None)))
    return found


CASES: Final = [case for suite in (RDF_11, RDF_12) for case in cases(suite)]


def parameters(wanted: Iterable[Case]) -> list[pytest.ParameterSet]:
    """Return the cases as parameters; a known deviation must fail."""
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(raises=AssertionError, strict=True, reason=REASON[case.name])]
            if case.name in REASON
            else [],
        )
        for case in wanted
    ]


def quads(path: Path) -> list[ox.Quad]:
    return list(read(path, "b", address_of(path)))


def canonical(path: Path) -> frozenset[str]:
    dataset = ox.Dataset(quads(path))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


@pytest.mark.parametrize("suite", [RDF_11, RDF_12], ids=lambda suite: suite.title)
def test_a_suite_has_all_its_cases(suite: Suite) -> None:
    assert len(cases(suite)) == suite.cases


def test_every_known_deviation_is_a_case() -> None:
    listed = {name for deviation in RDF_DEVIATIONS for name in deviation.cases}
    assert listed <= {case.name for case in CASES}


@pytest.mark.parametrize("case", parameters(case for case in CASES if case.right and case.result is None))
def test_a_document_that_is_right_is_read(case: Case) -> None:
    assert all(isinstance(quad, ox.Quad) for quad in quads(case.document))


@pytest.mark.parametrize("case", parameters(case for case in CASES if not case.right))
def test_a_document_that_is_wrong_is_refused(case: Case) -> None:
    with pytest.raises(NotSound):
        quads(case.document)


@pytest.mark.parametrize("case", parameters(case for case in CASES if case.right and case.result is not None))
def test_a_document_is_read_as_what_it_says(case: Case) -> None:
    assert case.result is not None
    assert canonical(case.document) == canonical(case.result)
