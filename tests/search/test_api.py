"""`/api/search`: JSON for what is found, and a problem for every parameter that cannot be used."""

from pathlib import Path

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from tradegraph.errors import QueryError
from tradegraph.search import Index
from tradegraph.store import Release
from tradegraph.web import problems
from tradegraph.web.search import blueprint


@pytest.fixture
def client(release_index: Index) -> FlaskClient:
    app = Flask(__name__)
    app.register_blueprint(blueprint(release_index, Release(Path(), "0123456789abcdef", "", "", "0.1.0", 0, ())))

    @app.errorhandler(QueryError)
    def problem(error: QueryError) -> Response:
        return problems.respond(error, request)

    return app.test_client()


def test_hits_come_with_their_label_score_and_marked_words(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=Belgie&lang=nl&kind=Territory").get_json()
    assert (answer["query"], answer["lang"], answer["kind"], answer["complete"]) == ("Belgie", "nl", "Territory", True)
    assert answer["hits"] == [
        {
            "iri": "https://w3id.org/tradegraph/id/territory/bel",
            "kind": "Territory",
            "label": "België",
            "language": "nl",
            "score": 3.5,
            "snippet": [{"text": "België", "match": True}],
        }
    ]


def test_it_says_when_there_are_more_hits_than_shown(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=export&limit=3").get_json()
    assert (len(answer["hits"]), answer["complete"]) == (3, False)


def test_a_passage_is_called_by_its_document(client: FlaskClient) -> None:
    hits = client.get("/api/search?q=mensenrechtenambassadeur&lang=nl&kind=Passage").get_json()["hits"]
    assert hits
    assert all("/id/passage/" in hit["iri"] and hit["label"].startswith("Vragenlijst 36180-179") for hit in hits)


def test_nothing_found_is_an_answer(client: FlaskClient) -> None:
    assert client.get("/api/search?q=xyzzy").get_json()["hits"] == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "q"),
        ("lang=nl", "q"),
        ("q=", "no word"),
        ("q=%3F", "no word"),
        ("q=a&q=b", "“q”"),
        ("q=a&language=nl", "“language”"),
        ("q=a&lang=fr", "lang=fr"),
        ("q=a&limit=0", "limit=0"),
        ("q=a&limit=1001", "limit=1001"),
        ("q=a&limit=-1", "limit=-1"),
        ("q=a&limit=%C2%B2", "limit=²"),
        ("q=a&limit=ten", "limit=ten"),
        ("q=a&kind=Nothing", "“Nothing”"),
        ("q=%FF", "UTF-8"),
        ("q=" + "a" * 301, "301"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_a_problem_that_names_it(
    client: FlaskClient, query: str, named: str
) -> None:
    answer = client.get(f"/api/search?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    problem = answer.get_json(force=True)
    assert named in problem["detail"] + problem["remedy"]
    assert problem["remedy"]


def test_an_address_without_end_is_not_read(client: FlaskClient) -> None:
    assert client.get("/api/search?q=" + "a" * 9000).status_code == 414
