"""Rows become quads as CSVW says: subjects, references, languages, numbers, virtual columns, one graph per document."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from small_project import SmallProject
from tradegraph.errors import FactError
from tradegraph.facts import read_facts
from tradegraph.graph import assemble
from tradegraph.graph.assemble import graph_of_rows
from tradegraph.graph.mapping import canonical_decimal, row_quads
from tradegraph.namespaces import DEF, GRAPH, ID, PREFIXES

GRAPH_NODE = NamedNode(GRAPH + "test")
MENTION = {"key": "m", "thing": "territory/jpn", "name_as_stated": "Japan"}
JAPAN = {"key": "jpn", "class": "Country", "label_nl": "Japan", "label_en": "Japan", "territory_type": "country"}


def quads(small: SmallProject, table: str) -> set[Quad]:
    (row,) = read_facts(small.project).of(table)
    return set(row_quads(row, GRAPH_NODE))


def test_a_label_has_its_language(small: SmallProject) -> None:
    small.add("territories.csv", JAPAN)
    label = Quad(
        NamedNode(ID + "territory/jpn"),
        NamedNode(PREFIXES["rdfs"] + "label"),
        Literal("Japan", language="nl"),
        GRAPH_NODE,
    )
    assert label in quads(small, "territories.csv")


def test_a_class_column_gives_the_type(small: SmallProject) -> None:
    small.add("territories.csv", JAPAN)
    types = {quad.object for quad in quads(small, "territories.csv") if quad.predicate.value.endswith("#type")}
    assert types == {NamedNode(DEF + "Country")}


def test_a_concept_column_adds_the_name_of_its_scheme(small: SmallProject) -> None:
    small.add("territories.csv", JAPAN)
    objects = {quad.object for quad in quads(small, "territories.csv")}
    assert NamedNode(ID + "concept/territory-type-country") in objects


def test_a_list_gives_one_quad_for_each_value(small: SmallProject) -> None:
    small.add("facts/venues.csv", {"key": "a", "label_nl": "a", "label_en": "a", "passages": "p-1 p-2"})
    stated = {quad.object for quad in quads(small, "facts/venues.csv") if quad.predicate.value == DEF + "statedIn"}
    assert stated == {NamedNode(ID + "passage/p-1"), NamedNode(ID + "passage/p-2")}


def test_a_column_may_be_about_another_node_than_the_row(small: SmallProject) -> None:
    cells = {"key": "p-1", "version": "v", "section": "v-s0", "locator_nl": "a", "locator_en": "a", "line": "1"}
    said = {"start": "0", "end": "5", "digest": "0" * 64, "paraphrase_nl": "a", "paraphrase_en": "a"}
    small.add("facts/passages.csv", {**cells, **said})
    (start,) = {quad for quad in quads(small, "facts/passages.csv") if quad.predicate.value.endswith("oa#start")}
    assert start.subject == NamedNode(ID + "passage/p-1#position")
    assert start.object == Literal("0", datatype=NamedNode(PREFIXES["xsd"] + "integer"))


def test_every_row_says_where_it_was_recorded(small: SmallProject) -> None:
    small.add("territories.csv", JAPAN)
    (recorded,) = {quad for quad in quads(small, "territories.csv") if quad.predicate.value == DEF + "recordedIn"}
    assert recorded.object == Literal("data/territories.csv#key=jpn")
    assert recorded.graph_name == NamedNode(GRAPH + "provenance")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_decimal_keeps_its_value_in_canonical_form(number: object) -> None:
    text = canonical_decimal(str(number))
    assert Decimal(text) == Decimal(str(number))
    assert "E" not in text
    assert not ("." in text and text.endswith("0"))


def add_passage(small: SmallProject, key: str, version: str) -> None:
    cells = {"key": key, "version": version, "section": f"{version}-s0", "locator_nl": "a", "locator_en": "a"}
    said = {"line": "1", "start": "0", "end": "5", "digest": "0" * 64, "paraphrase_nl": "a", "paraphrase_en": "a"}
    small.add("facts/passages.csv", {**cells, **said})


def test_things_stand_in_the_registry_and_what_is_said_in_the_graph_of_its_document(small: SmallProject) -> None:
    small.add("territories.csv", JAPAN)
    add_passage(small, "p-1", "letter")
    small.add("facts/venues.csv", {"key": "a", "label_nl": "a", "label_en": "a", "passages": "p-1"})
    small.add("facts/mentions.csv", {**MENTION, "passages": "p-1"})
    graphs = graph_of_rows(read_facts(small.project))
    assert graphs[ID + "territory/jpn"] == NamedNode(GRAPH + "registry")
    assert graphs[ID + "venue/a"] == NamedNode(GRAPH + "registry")
    assert graphs[ID + "mention/m"] == NamedNode(GRAPH + "letter")
    assert graphs[ID + "passage/p-1"] == NamedNode(GRAPH + "letter")


def test_an_unknown_passage_is_found(small: SmallProject) -> None:
    small.add("facts/venues.csv", {"key": "a", "label_nl": "a", "label_en": "a", "passages": "p-9"})
    with pytest.raises(FactError) as caught:
        assemble(small.project, read_facts(small.project))
    message = "data/facts/venues.csv:2: passage 'p-9' is not in data/facts/passages.csv. Add it there first."
    assert str(caught.value) == message


def test_a_saying_with_passages_of_two_documents_is_found(small: SmallProject) -> None:
    add_passage(small, "p-1", "one")
    add_passage(small, "p-2", "two")
    small.add("facts/mentions.csv", {**MENTION, "passages": "p-1 p-2"})
    with pytest.raises(FactError, match="its passages belong to two documents"):
        graph_of_rows(read_facts(small.project))


def test_a_dangling_key_is_found(small: SmallProject) -> None:
    small.add("territories.csv", {**JAPAN, "part_of": "asia"})
    with pytest.raises(FactError) as caught:
        assemble(small.project, read_facts(small.project))
    assert str(caught.value).startswith("data/territories.csv:2: part_of: there is no territory 'asia'.")


def test_an_unknown_concept_is_found(small: SmallProject) -> None:
    small.add("territories.csv", {**JAPAN, "territory_type": "planet"})
    with pytest.raises(FactError) as caught:
        assemble(small.project, read_facts(small.project))
    assert "there is no concept 'territory-type-planet'. Add it to ontology/vocabularies/" in str(caught.value)
