"""The W3C suites of SPARQL queries and result formats, each case sent to the running endpoint."""

import json
import re
from typing import Final

import pytest

from w3c.answers import as_stored, read_answer, read_expected, same
from w3c.deviations import BY_VALUE, DEVIATIONS, REASON
from w3c.endpoint import Reply, Server
from w3c.suites import AT_HAND, NOT_AT_HAND, QUERY_SUITES, Case, Kind, Suite, cases

pytestmark = pytest.mark.skipif(not AT_HAND, reason=NOT_AT_HAND)

NO_GRAPH: Final = ("default-graph-uri", "https://example.org/no-such-graph")
# Each expected result is asked for in its own format, so that all are used; a table spelt out as a graph, in JSON.
ACCEPT: Final = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
    ".ttl": "text/turtle, application/sparql-results+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml, application/sparql-results+json",
}
EXTENSION: Final = {accept.partition(",")[0]: extension for extension, accept in ACCEPT.items()}
CASES: Final = [case for suite in QUERY_SUITES for case in cases(suite)]


class Deviates(AssertionError):
    """The endpoint answers otherwise than the suite expects."""


def of_kind(kind: Kind) -> list[pytest.ParameterSet]:
    """Return the cases of a kind as parameters; a known deviation must fail, and in the way that deviations do."""
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(raises=Deviates, strict=True, reason=REASON[case.name])]
            if case.name in REASON
            else [],
        )
        for case in CASES
        if case.kind == kind
    ]


def expect(kept: bool, reply: Reply) -> None:
    if not kept:
        raise Deviates(f"status {reply.status}: {reply.body[:2000].decode('utf-8', 'replace')}")


@pytest.mark.parametrize("suite", QUERY_SUITES, ids=lambda suite: suite.title)
def test_a_suite_has_all_its_cases(suite: Suite) -> None:
    assert len(cases(suite)) == suite.cases


def test_every_known_deviation_is_a_case_once() -> None:
    listed = [name for deviation in (*DEVIATIONS, BY_VALUE) for name in deviation.cases]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {case.name for case in CASES}


@pytest.mark.parametrize("case", of_kind("evaluation"))
def test_a_query_is_answered_as_expected(server: Server, case: Case) -> None:
    assert case.result is not None
    graphs = [("default-graph-uri", graph) for graph in case.default_graphs]
    graphs += [("named-graph-uri", graph) for graph in case.named_graphs]
    reply = server.ask(
        f"BASE <{case.address}> {case.text}",
        ACCEPT[case.result.suffix],
        # The protocol's dataset would go before the query's own.
        [] if case.own_dataset else graphs or [NO_GRAPH],
    )
    expect(reply.status == 200, reply)
    answer = read_answer(reply.body, EXTENSION[reply.media_type], case.address)
    expected = read_expected(case.result)
    ordered = re.search(r"ORDER\s+BY", case.text.rpartition("}")[2], re.IGNORECASE) is not None
    if case.name in BY_VALUE.cases:
        assert not same(answer, expected, ordered=ordered), "passes by now: take it off the table"
        expected = as_stored(expected)
    expect(same(answer, expected, ordered=ordered, lax=case.lax), reply)


@pytest.mark.parametrize("case", of_kind("positive"))
def test_a_query_that_is_right_is_read(server: Server, case: Case) -> None:
    reply = server.ask(case.text, "*/*", [NO_GRAPH])
    expect(reply.status == 200, reply)


@pytest.mark.parametrize("case", of_kind("negative"))
def test_a_query_that_is_wrong_is_refused_as_such(server: Server, case: Case) -> None:
    reply = server.ask(case.text, "*/*", [NO_GRAPH])
    expect(reply.status == 400, reply)
    problem = json.loads(reply.body)
    assert problem["type"].endswith("syntax")
    assert problem["line"] >= 1
