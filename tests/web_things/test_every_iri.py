"""Whoever follows an IRI of the release finds what the release says of it."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tradegraph.namespaces import BASE, DEF, ID

LINES = {"Accept": "application/n-triples"}
# A thing with fragments of its own shows them in the full description only.
BRIEF = {**LINES, "Accept-Profile": f"<{BASE}profile/front-door>"}


def own_iris(store: Store) -> set[str]:
    found = {quad.graph_name.value for quad in store if isinstance(quad.graph_name, NamedNode)}
    for quad in store:
        found.update(term.value for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, NamedNode))
    return {iri for iri in found if iri.startswith(BASE)}


@pytest.fixture(scope="module")
def iris(release_dataset: Store) -> dict[str, set[str]]:
    """Every IRI of ours in the release, by the document that it leads to."""
    found: dict[str, set[str]] = {}
    for iri in own_iris(release_dataset):
        found.setdefault(iri.partition("#")[0], set()).add(iri)
    return found


def subjects(body: str) -> set[str]:
    return {line.partition("> ")[0].removeprefix("<") for line in body.splitlines()}


def test_there_are_many_iris_of_many_kinds(iris: dict[str, set[str]]) -> None:
    assert len(iris) > 12_000
    assert len({urlsplit(iri).path.split("/")[3] for iri in iris if iri.startswith(ID)}) > 35


def ask(visitor: FlaskClient, address: str, fields: dict[str, object]) -> tuple[str, Headers, str]:
    """Return status, fields and body, by WSGI itself: a test client would spend most of the time on its own."""
    path, _, query = address.partition("?")
    environ = {**fields, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": BytesIO()}
    body, status, headers = run_wsgi_app(visitor.application.wsgi_app, environ)
    return status, headers, b"".join(body).decode()


def test_every_iri_of_a_thing_leads_to_triples_about_it(visitor: FlaskClient, iris: dict[str, set[str]]) -> None:
    fields = {fields is BRIEF: EnvironBuilder(headers=Headers(fields)).get_environ() for fields in (LINES, BRIEF)}
    wrong = []
    for place, thing in enumerate(sorted(iri for iri in iris if iri.startswith(ID))):
        brief = iris[thing] == {thing}
        path, asked = thing.removeprefix(ID), fields[brief]
        target = f"/doc/{path}.nt?_profile={'front-door' if brief else 'evidence'}"
        # The way from the identifier is the same for all: one in ten is enough to know it, and saves half the time.
        if place % 10 == 0:
            status, headers, _ = ask(visitor, f"/id/{path}", asked)
            assert (status[:3], headers["Location"]) == ("303", target)
        status, headers, body = ask(visitor, target, asked)
        if headers.get("Content-Type") != "application/n-triples" or iris[thing] - subjects(body):
            wrong.append((thing, status))
    assert wrong == []


def test_every_graph_is_there_with_as_many_quads_as_the_release_says(
    visitor: FlaskClient, release_dataset: Store
) -> None:
    for graph in release_dataset.named_graphs():
        assert isinstance(graph, NamedNode)
        answer = visitor.get("/" + graph.value.removeprefix(BASE), headers={"Accept": "application/n-quads"})
        lines = answer.text.splitlines()
        assert answer.content_type == "application/n-quads"
        assert len(lines) == len(list(release_dataset.quads_for_pattern(None, None, None, graph)))
        assert all(line.endswith(f" <{graph.value}> .") for line in lines)


def test_every_term_of_the_ontology_is_said_in_the_document_it_leads_to(
    visitor: FlaskClient, iris: dict[str, set[str]]
) -> None:
    answer = visitor.get("/def", headers=LINES)
    terms = iris[DEF.removesuffix("#")]
    assert len(terms) > 200
    assert terms <= subjects(answer.text)


def test_every_part_and_version_of_the_ontology_answers(visitor: FlaskClient, iris: dict[str, set[str]]) -> None:
    parts = [iri for iri in iris if iri.startswith(BASE + "def/")]
    assert len(parts) > 15
    for iri in parts:
        answer = visitor.get("/" + iri.removeprefix(BASE), headers=LINES)
        assert answer.status_code == 200, iri
        assert answer.text, iri


def test_every_shape_is_in_the_document_of_shapes(visitor: FlaskClient) -> None:
    answer = visitor.get("/shapes", headers=LINES)
    assert answer.text.count("NodeShape") > 20
    assert f"<{BASE}shapes#" in answer.text


def one_of_each_kind(store: Store) -> list[str]:
    first: dict[str, str] = {}
    for iri in sorted(own_iris(store)):
        if iri.startswith(ID) and "#" not in iri:
            first.setdefault(iri.removeprefix(ID).partition("/")[0], iri.removeprefix(ID))
    return list(first.values())


def test_what_is_said_of_one_of_each_kind_is_what_the_release_says(
    visitor: FlaskClient, release_dataset: Store
) -> None:
    for path in one_of_each_kind(release_dataset):
        said = {
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in release_dataset.quads_for_pattern(NamedNode(ID + path), None, None, None)
        }
        read: set[Triple] = set()
        for quad in parse(visitor.get(f"/doc/{path}.nt").data, format=RdfFormat.N_TRIPLES):
            read.add(Triple(quad.subject, quad.predicate, quad.object))
        assert said <= read, path
        assert all(
            any(release_dataset.quads_for_pattern(one.subject, one.predicate, one.object, None)) for one in read
        ), path


@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        ("ttl", RdfFormat.TURTLE),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdf", RdfFormat.RDF_XML),
        ("trig", RdfFormat.TRIG),
        ("nq", RdfFormat.N_QUADS),
    ],
)
@pytest.mark.parametrize("profile", ["front-door", "evidence"])
def test_every_form_says_the_same(
    visitor: FlaskClient, release_dataset: Store, suffix: str, form: RdfFormat, profile: str
) -> None:
    for path in one_of_each_kind(release_dataset):
        lines = visitor.get(f"/doc/{path}.nt?_profile={profile}").data
        other = visitor.get(f"/doc/{path}.{suffix}?_profile={profile}").data
        assert set(parse(other, format=form)) == set(parse(lines, format=RdfFormat.N_TRIPLES)), path


def test_labels_in_both_languages_come_with_what_a_thing_names(visitor: FlaskClient) -> None:
    read = list(parse(visitor.get("/doc/mission/2025-06-indonesia.nt?_profile=front-door").data, RdfFormat.N_TRIPLES))
    country = NamedNode(ID + "territory/idn")
    labels = {quad.object for quad in read if quad.subject == country}
    assert {Literal("Indonesië", language="nl"), Literal("Indonesia", language="en")} <= labels
