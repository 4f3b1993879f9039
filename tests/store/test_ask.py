"""The project's own queries: parameters are bound, rows read easily."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from tradegraph.errors import NotFound, NotSound, QueryFailed, QueryRefused, QuerySyntaxError
from tradegraph.store import Asker, Release


@pytest.fixture(scope="module")
def asker(dataset: Path) -> Asker:
    return Asker.open(dataset)


def test_a_parameter_is_bound_to_its_variable(asker: Asker) -> None:
    [row] = asker.rows("SELECT ?s ?n { ?s ?p ?n }", {"n": ox.Literal(7)})
    assert row["s"] == ox.NamedNode("https://example.org/7")


def test_a_row_reads_as_text_with_prefixes(asker: Asker) -> None:
    [row] = asker.rows("SELECT (xsd:integer AS ?a) (7 AS ?b) ?c {}".replace("xsd:integer", "1"))
    assert row.texts() == ("1", "7", "")
    [row] = asker.rows("SELECT ?x { VALUES ?x { <http://www.w3.org/2002/07/owl#Class> } }")
    assert row.text("x") == "owl:Class"
    with pytest.raises(KeyError):
        row["y"]


def test_mistakes_are_our_errors(asker: Asker) -> None:
    with pytest.raises(QueryRefused):
        list(asker.rows("ASK {}"))
    with pytest.raises(QuerySyntaxError):
        list(asker.rows("SELECT * {"))
    with pytest.raises(QueryFailed):
        list(asker.rows("SELECT * { FILTER(<http://x/f>(1)) }"))


def test_a_folder_without_a_release_names_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="tradegraph build"):
        Release.read(tmp_path)


def test_a_description_that_is_none_is_not_sound(tmp_path: Path) -> None:
    (tmp_path / "dataset.nq").touch()
    (tmp_path / "release.json").write_text("[]", encoding="utf-8")
    with pytest.raises(NotSound, match="Build the release again"):
        Release.read(tmp_path)
