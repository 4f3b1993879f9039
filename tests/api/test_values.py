"""Values of parameters, from text to terms that go into a stored query."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradegraph.errors import QueryRefused
from tradegraph.explore.stored import filled, value_of
from tradegraph.namespaces import ID
from tradegraph.queries import Parameter, StoredQuery
from tradegraph.web.api.records import Term
from tradegraph.web.api.values import short

COUNTRY = Parameter("country", "iri", ID + "territory/jpn")
XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = """# title: T
PREFIX tg: <https://w3id.org/tradegraph/def#>
SELECT * WHERE {
    ?mission tg:destination ?country ;
        ?says ?word .
}
"""


def stored(*parameters: Parameter) -> StoredQuery:
    return StoredQuery("Q000-t", "T", "?", "?", "a row", parameters, TEXT)


def test_kind_and_key_are_an_iri() -> None:
    assert value_of(COUNTRY, "territory/idn") == ox.NamedNode(ID + "territory/idn")
    assert value_of(COUNTRY, "https://example.org/x") == ox.NamedNode("https://example.org/x")


@pytest.mark.parametrize("text", ["", "idn", "a b", "https://example.org/>", "https://e.org/\x8f", "Territory/idn"])
def test_what_is_no_iri_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(QueryRefused, match="kind/key"):
        value_of(COUNTRY, text)


@pytest.mark.parametrize("text", ["20251103", "2025-W45-1", "2025-02-30", "3 november"])
def test_only_dates_as_xml_schema_writes_them_are_dates(text: str) -> None:
    day = Parameter("day", "date", "2025-01-01")
    assert value_of(day, "2025-11-03") == ox.Literal("2025-11-03", datatype=ox.NamedNode(XSD + "date"))
    with pytest.raises(QueryRefused, match="year-month-day"):
        value_of(day, text)


@pytest.mark.parametrize("text", ["1.5", "x", "", "１", "9" * 30])
def test_only_digits_are_a_whole_number(text: str) -> None:
    with pytest.raises(QueryRefused, match="digits"):
        value_of(Parameter("year", "year", "2025"), text)


@given(st.text(max_size=50))
def test_any_text_in_a_query_stays_a_text(text: str) -> None:
    word = Parameter("word", "string", "x")
    query = filled(stored(word), {"word": value_of(word, text)})
    store = ox.Store()
    thing = ox.NamedNode("https://example.org/m")
    store.add(ox.Quad(thing, ox.NamedNode("https://w3id.org/tradegraph/def#destination"), thing))
    store.add(ox.Quad(thing, ox.NamedNode("https://example.org/says"), ox.Literal(text)))
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["word"] for row in rows] == [ox.Literal(text)]


def test_defaults_fill_in_what_is_not_given() -> None:
    other = Parameter("mission", "iri", ID + "mission/x")
    query = filled(stored(COUNTRY, other), {"country": ox.NamedNode(ID + "territory/idn")})
    assert f"VALUES ?country {{ <{ID}territory/idn> }}" in query
    assert f"VALUES ?mission {{ <{ID}mission/x> }}" in query
    assert "# title" not in query


def test_what_goes_without_saying_is_left_out_of_an_address() -> None:
    assert short(COUNTRY, ID + "territory/idn") == "idn"
    assert short(COUNTRY, ID + "grouping/eu") == "grouping/eu"
    assert short(COUNTRY, "https://example.org/x") == "https://example.org/x"


@pytest.mark.parametrize(
    ("value", "datatype", "plain"),
    [
        ("18", "integer", 18),
        ("650000000", "decimal", 650000000),
        ("1.50", "decimal", 1.5),
        ("INF", "double", "INF"),
        ("x", "integer", "x"),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2025", "gYear", "2025"),
    ],
)
def test_numbers_are_numbers_in_records_and_the_rest_is_text(value: str, datatype: str, plain: object) -> None:
    found = Term("literal", value, datatype=XSD + datatype).plain
    assert (found, type(found)) == (plain, type(plain))
