"""Counting and cutting rows in the bytes of an answer, held against the engine's own writers and readers."""

import io
import json
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tradegraph.store.meter import LimitedTriples, Meter, meter_for

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
Row = dict[str, dict[str, Any]]
"""A row as SPARQL JSON has it."""

# Everything that a careless meter would take for the border of a row, and the characters that formats escape.
MISLEADING = [*'"\\\r\n\t ,:{}<&aé\N{MONEY BAG}', "{}", ",{}", "},{", ',{"a', '"}},{"a":', "]}}", '"bindings":[']
MISLEADING += ["<result>", "</result>", "</results>", "&lt;result>"]
values = st.lists(st.sampled_from(MISLEADING), max_size=6).map("".join)
literals = values.map(lambda value: {"type": "literal", "value": value})
terms = st.recursive(
    st.one_of(
        literals,
        values.map(lambda value: {"type": "literal", "value": value, "xml:lang": "en", "its:dir": "rtl"}),
        values.map(lambda value: {"type": "literal", "value": value, "datatype": "https://example.org/type"}),
        st.just({"type": "uri", "value": "https://example.org/,a"}),
        st.just({"type": "bnode", "value": "b1"}),
    ),
    lambda inner: inner.map(
        lambda term: {
            "type": "triple",
            "value": {
                "subject": {"type": "bnode", "value": "s"},
                "predicate": {"type": "uri", "value": "https://example.org/p"},
                "object": term,
            },
        }
    ),
    max_leaves=2,
)
answers = st.lists(st.dictionaries(st.sampled_from(["a", "bLabel", "results"]), terms), max_size=8)
sizes = st.lists(st.integers(1, 60), min_size=1, max_size=5)


def written(rows: Sequence[Row], form: str) -> bytes:
    """Return the answer as the engine writes it."""
    answer = {"head": {"vars": ["a", "bLabel", "results"]}, "results": {"bindings": rows}}
    body = ox.parse_query_results(json.dumps(answer), ox.QueryResultsFormat.JSON).serialize(None, FORMATS[form])
    assert body is not None
    return body


def metered(meter: Meter, body: bytes, piece_sizes: Sequence[int] = (8192,)) -> bytes:
    given_on, start = b"", 0
    for size in cycle(piece_sizes):
        if start >= len(body):
            return given_on + meter.finish()
        given_on += meter.feed(body[start : start + size])
        start += size
    raise AssertionError


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None)
@given(rows=answers, cap=st.integers(0, 9), piece_sizes=sizes)
@example(rows=[{}, {}, {}], cap=2, piece_sizes=[1])
@example(rows=[{"a": {"type": "literal", "value": "}},{"}}] * 3, cap=2, piece_sizes=[7])
def test_a_capped_answer_is_what_the_engine_would_write_of_the_first_rows_alone(
    form: str, rows: list[Row], cap: int, piece_sizes: list[int]
) -> None:
    meter = meter_for(form, cap)
    assert metered(meter, written(rows, form), piece_sizes) == written(rows[:cap], form)
    assert (meter.rows, meter.full, meter.complete) == (min(cap, len(rows)), len(rows) > cap, len(rows) <= cap)


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None)
@given(rows=answers, piece_sizes=sizes)
def test_an_answer_without_cap_passes_unchanged_and_counted(form: str, rows: list[Row], piece_sizes: list[int]) -> None:
    body = written(rows, form)
    meter = meter_for(form, None)
    assert (metered(meter, body, piece_sizes), meter.rows) == (body, len(rows))


@pytest.mark.parametrize("form", FORMATS)
def test_the_border_of_a_row_is_found_wherever_a_piece_ends(form: str) -> None:
    value = {"type": "literal", "value": '\\"},{"\\\\,{},<result>\r\n"'}
    rows = [{"a": value}, {}, {"a": value, "bLabel": value}, {}]
    body = written(rows, form)
    for first in range(1, len(body)):
        meter = meter_for(form, 3)
        assert metered(meter, body, [first, len(body)]) == written(rows[:3], form)
        assert meter.full


@pytest.mark.parametrize("form", FORMATS)
def test_values_longer_than_a_piece_are_followed_through(form: str) -> None:
    value = {"type": "literal", "value": ',{},{"\\<result>\n' * 2000}
    rows = [{"a": value, "bLabel": value}, {}, {"bLabel": value}]
    meter = meter_for(form, 2)
    assert metered(meter, written(rows, form)) == written(rows[:2], form)
    assert meter.full


@pytest.mark.parametrize("form", FORMATS)
def test_the_engine_can_be_stopped_in_the_middle_of_a_query_without_end(form: str) -> None:
    class Enough(Exception):
        pass

    class Outlet(io.BytesIO):
        def write(self, piece: Any) -> int:
            super().write(meter.feed(bytes(piece)))
            if meter.full:
                raise Enough
            return len(piece)

    meter, outlet = meter_for(form, 1500), Outlet()
    numbers = " ".join(str(number) for number in range(100))
    product = " ".join(f"VALUES ?n{place} {{ {numbers} }}" for place in range(8))
    results = ox.Store().query(f"SELECT * {{ {product} }}")
    assert isinstance(results, ox.QuerySolutions)
    with pytest.raises(Enough):
        results.serialize(outlet, FORMATS[form])
    assert meter.rows == 1500
    answer = outlet.getvalue() + meter.finish()
    if form != "csv":  # which the engine cannot read
        again = ox.parse_query_results(answer, FORMATS[form])
        assert isinstance(again, ox.QuerySolutions)
        assert sum(1 for _ in again) == 1500


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("size", [1, 8192])
def test_yes_or_no_passes_whatever_the_cap(form: str, size: int) -> None:
    results = ox.Store().query("ASK {}")
    assert isinstance(results, ox.QueryBoolean)
    body = results.serialize(None, FORMATS[form])
    assert body is not None
    meter = meter_for(form, 1)
    assert metered(meter, body, [size]) == body
    assert meter.complete


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_more_is_given_on_once_the_answer_is_cut(form: str) -> None:
    body = written([{}, {}, {}], form)
    meter = meter_for(form, 1)
    meter.feed(body)
    assert meter.feed(body) == b""
    assert meter.rows == 1


def test_a_format_for_triples_has_no_meter() -> None:
    with pytest.raises(KeyError):
        meter_for("ttl", 1)


@pytest.mark.parametrize(
    ("cap", "taken", "complete"), [(0, 0, False), (2, 2, False), (3, 3, True), (4, 3, True), (None, 3, True)]
)
def test_triples_are_limited_and_it_is_known_whether_there_were_more(
    cap: int | None, taken: int, complete: bool
) -> None:
    triples = [ox.Triple(ox.BlankNode(), ox.NamedNode("https://example.org/p"), ox.Literal(n)) for n in range(3)]
    limited = LimitedTriples(iter(triples), cap)
    body = ox.serialize(limited, None, ox.RdfFormat.N_TRIPLES)
    assert list(ox.parse(body, ox.RdfFormat.N_TRIPLES)) == [ox.Quad(*triple) for triple in triples[:taken]]
    assert limited.complete is complete


def test_not_more_than_one_triple_beyond_the_limit_is_asked_for() -> None:
    asked = []

    def triples() -> Iterator[ox.Triple]:
        for number in range(9):
            asked.append(number)
            yield ox.Triple(ox.BlankNode(), ox.NamedNode("https://example.org/p"), ox.Literal(number))

    assert len(list(LimitedTriples(triples(), 2))) == 2
    assert asked == [0, 1, 2]
