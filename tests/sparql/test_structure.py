"""Reading the structure of a query: elements as slices of the text, their variables, and what is not read."""

from pathlib import Path

import pytest

from tradegraph.files import Project
from tradegraph.sparql.structure import Element, read_structure

QUERIES = [path for kind in ("questions", "relations", "checks") for path in Project.own().query_files(kind)]


def elements(text: str) -> tuple[Element, ...]:
    structure = read_structure(text)
    assert structure is not None
    assert structure.where is not None
    return structure.where.elements


def test_there_are_many_queries_to_read() -> None:
    assert len(QUERIES) > 180


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_of_the_project_is_read(path: Path) -> None:
    assert read_structure(path.read_text(encoding="utf-8")) is not None


def test_each_element_is_a_slice_of_the_text() -> None:
    text = """
        SELECT ?s { ?s :p [ :q ?b ; :r (1 ?c) ] . # a comment }
            OPTIONAL { ?s :q "}" }
            FILTER (?b < 3 && EXISTS { ?s ?p ?o })
            { ?s :a 1 } UNION { ?s :b 2 }
            MINUS { ?s :c 3 } BIND (STR(?s) AS ?n) VALUES (?s ?c) { (:x UNDEF) }
            GRAPH ?g { ?s :d 4 } { SELECT ?s { ?s :e ?hidden } LIMIT 3 }
            SERVICE <http://example.org/sparql> { ?s :f 5 } }"""
    read = elements(text)
    kinds = "triples optional filter union minus bind values graph union service"
    assert [one.kind for one in read] == kinds.split()
    assert text[read[0].start : read[0].end] == "?s :p [ :q ?b ; :r (1 ?c) ]"
    assert text[read[1].start : read[1].end] == 'OPTIONAL { ?s :q "}" }'
    assert text[read[3].start : read[3].end] == "{ ?s :a 1 } UNION { ?s :b 2 }"
    assert len(read[2].groups) == 1
    assert len(read[3].groups) == 2
    assert read[8].groups[0].elements[0].kind == "select"


@pytest.mark.parametrize(
    ("element", "variables"),
    [
        ("?s :p/:q ?o", "s o"),
        ("OPTIONAL { ?s :p ?o }", ""),
        ("{ ?s :p ?o } UNION { ?s :q ?x }", "s"),
        ("VALUES (?a ?b) { (1 2) (3 4) }", "a b"),
        ("VALUES (?a ?b) { (1 2) (3 UNDEF) }", ""),
        ("GRAPH ?g { ?s ?p 1 }", "g s p"),
        ("{ SELECT ?s (COUNT(?o) AS ?n) { ?s :p ?o } GROUP BY ?s }", "s"),
        ("{ SELECT * { ?s :p ?o } }", "s o"),
        ("BIND (?x AS ?y)", ""),
        ("MINUS { ?s :p ?o }", ""),
        ("SERVICE <https://w3id.org/tradegraph/def#search> { ?s :query 'wind' }", "s"),
        ("SERVICE <http://example.org/other> { ?s :query 'wind' }", ""),
        ("SERVICE SILENT <https://w3id.org/tradegraph/def#search> { ?s :query 'wind' }", ""),
    ],
)
def test_certain_are_the_variables_that_every_solution_binds(element: str, variables: str) -> None:
    (read,) = elements(f"SELECT * {{ {element} }}")
    assert read.certain == frozenset(variables.split())


def test_blank_nodes_and_collections_connect_what_they_hold() -> None:
    (read,) = elements("SELECT * { ?s :p [ :q ?a ] , (?b) ; ^:r|:s* ?c }")
    subjects = [pattern.subject for pattern in read.patterns]
    objects = [pattern.object for pattern in read.patterns]
    assert set(subjects) & set(objects)
    assert read.patterns[-1].path
    assert read.patterns[-1].closures == {"*"}
    assert read.patterns[-1].repeated == (":s",)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p }",
        "SELECT * { ?s ?p ?o ",
        "SELECT * { << ?s ?p ?o >> ?q ?r }",
        "SELECT * { ?s ?p ?o FILTER (?a<?b&&?c>?d) }",
        "SELECT * { ?s <http://example.org/\\u0061> ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "INSERT DATA { <a:a> <b:b> <c:c> }",
        "SELECT * " + "{" * 101 + "}" * 101,
        "",
    ],
)
def test_what_cannot_be_read_for_certain_is_not_read(text: str) -> None:
    assert read_structure(text) is None


@pytest.mark.parametrize(
    ("path", "repeated"),
    [
        (":a/:b+", ":b"),
        ("(:a/^:b)*/:c", ":a :b"),
        (":a?/:b", ""),
        ("!(:a|:b)+", ":a :b"),
        (":a/(:b|(:c/:d)+)", ":c :d"),
    ],
)
def test_repeated_are_the_names_that_a_path_follows_to_any_length(path: str, repeated: str) -> None:
    (read,) = elements(f"SELECT * {{ ?s {path} ?o }}")
    assert read.patterns[0].repeated == tuple(repeated.split())
