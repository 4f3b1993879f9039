"""Frozen answers: an address that tells whether a query still answers what it answered."""

import hashlib
import json
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from tradegraph.store import Release
from tradegraph.web.api.frozen_records import FrozenAnswer, FrozenFolder
from tradegraph.web.problems import RequestError

MISSION = "https://w3id.org/tradegraph/id/mission/2025-06-indonesia"
QUERY = f"SELECT ?country {{ <{MISSION}> <https://w3id.org/tradegraph/def#destination> ?country }}"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def freeze(visitor: FlaskClient, **form: str) -> str:
    answer = visitor.post("/q/", data=form)
    assert answer.status_code == 303
    return answer.location


def test_a_long_address_holds_all_that_is_needed_and_nothing_is_written(
    visitor: FlaskClient, unchecked: Release
) -> None:
    address = freeze(visitor, query=QUERY)
    held = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert held["query"] == QUERY
    assert held["release"] == unchecked.identifier
    assert held["rows"] == "1"
    answer = visitor.get(address).get_json()
    assert answer["same"] is True
    assert answer["now"] == {"release": unchecked.identifier, "sha256": held["sha256"], "rows": 1}


def test_the_digest_can_be_computed_by_anyone(visitor: FlaskClient) -> None:
    lines = "?country\n<https://w3id.org/tradegraph/id/territory/idn>\n"
    digest = hashlib.sha256(lines.encode()).hexdigest()
    assert f"sha256={digest}" in freeze(visitor, query=QUERY)


def test_a_question_freezes_with_its_values_in_the_query(visitor: FlaskClient) -> None:
    address = freeze(visitor, question="agreements-of-a-mission", mission="2025-06-indonesia")
    assert visitor.get(address).get_json()["rows"] == 2
    assert (
        "VALUES ?mission { <https://w3id.org/tradegraph/id/mission/2025-06-indonesia> }"
        in visitor.get(address).get_json()["query"]
    )


def test_a_browser_gets_the_page_in_its_language(visitor: FlaskClient) -> None:
    answer = visitor.post("/q/", data={"query": QUERY, "lang": "en"}, headers=BROWSER)
    assert answer.location.startswith("/en/q?")
    page = visitor.get(answer.location).text
    assert 'data-testid="same"' in page
    assert "The answer is still the same." in page


@pytest.mark.parametrize(
    "query", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s <https://w3id.org/tradegraph/def#ledBy> ?o }"]
)
def test_yes_or_no_and_graphs_can_be_frozen_too(visitor: FlaskClient, query: str) -> None:
    address = freeze(visitor, query=query)
    assert visitor.get(address).get_json()["same"] is True
    assert 'data-testid="same"' in visitor.get(f"/nl{address}").text


def test_an_address_that_was_tampered_with_is_found_out(visitor: FlaskClient) -> None:
    held = {name: values[0] for name, values in parse_qs(urlsplit(freeze(visitor, query=QUERY)).query).items()}
    forged = "/q?" + urlencode({**held, "sha256": "0" * 64})
    assert visitor.get(forged).get_json()["same"] is False
    assert 'data-testid="forged"' in visitor.get(f"/nl{forged}").text


def test_an_answer_of_an_older_release_says_that_the_release_is_not_at_hand(
    visitor: FlaskClient, unchecked: Release
) -> None:
    address = freeze(visitor, query=QUERY).replace(unchecked.identifier, "0123456789abcdef")
    page = visitor.get(f"/en{address}").text
    assert 'data-testid="same"' in page
    assert 'data-testid="not-at-hand"' in page


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ({}, "query"),
        ({"query": " "}, "query"),
        ({"query": "SELECT"}, ""),
        ({"query": "SELECT (NOW() AS ?n) {}"}, "NOW"),
        ({"query": QUERY, "format": "csv"}, "query, lang"),
        ({"query": QUERY, "lang": "de"}, "nl or en"),
        ({"question": "agreements-of-a-mission", "query": QUERY}, "mission"),
    ],
)
def test_what_cannot_be_frozen_is_a_400_that_says_why(visitor: FlaskClient, form: dict[str, str], named: str) -> None:
    answer = visitor.post("/q/", data=form)
    assert answer.status_code == 400
    assert named in answer.get_json()["remedy"]


@pytest.mark.parametrize("missing", ["release", "sha256", "rows", "query"])
def test_a_long_address_that_lacks_a_part_says_which(visitor: FlaskClient, missing: str) -> None:
    record = FrozenAnswer(QUERY, "0123456789abcdef", "0" * 64, 1)
    pairs = [(name, value) for name, value in record.pairs() if name != missing]
    answer = visitor.get(f"/q?{urlencode(pairs)}")
    assert answer.status_code == 400
    assert missing in answer.get_json()["detail"]


def test_a_folder_gives_a_short_address_that_stays_the_same(keeping: FlaskClient, folder: Path) -> None:
    address = freeze(keeping, query=QUERY)
    assert address == freeze(keeping, query=QUERY)
    assert [path.name for path in folder.iterdir()] == [f"{address.removeprefix('/q/')}.json"]
    answer = keeping.get(address).get_json()
    assert answer["same"] is True
    assert answer["changes"] == {"added": [], "removed": []}


def test_rows_that_came_and_went_are_shown(keeping: FlaskClient, folder: Path) -> None:
    then = "?country\n<https://w3id.org/tradegraph/id/territory/jpn>\n"
    record = FrozenAnswer(QUERY, "0123456789abcdef", "0" * 64, 1, "2025-01-01", then)
    assert FrozenFolder(folder).keep(record)
    answer = keeping.get(f"/q/{record.identifier}").get_json()
    assert answer["changes"] == {
        "added": ["<https://w3id.org/tradegraph/id/territory/idn>"],
        "removed": ["<https://w3id.org/tradegraph/id/territory/jpn>"],
    }
    page = keeping.get(f"/en/q/{record.identifier}").text
    assert 'data-testid="differs"' in page
    assert 'data-testid="added"' in page
    assert 'data-testid="removed"' in page
    assert "1 January 2025" in page


def test_a_short_address_that_there_is_not_says_that_the_long_one_holds_all(
    visitor: FlaskClient, keeping: FlaskClient
) -> None:
    for client in (visitor, keeping):
        answer = client.get("/q/0123456789abcdef")
        assert answer.status_code == 404
        assert "/q?query=" in answer.get_json()["remedy"]


def test_a_record_that_was_changed_on_disk_is_not_believed(folder: Path) -> None:
    record = FrozenAnswer(QUERY, "0123456789abcdef", "0" * 64, 1)
    kept = FrozenFolder(folder)
    assert kept.keep(record)
    path = folder / f"{record.identifier}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"query": "ASK {}"}))
    assert kept.find(record.identifier) is None
    path.write_text("{")
    assert kept.find(record.identifier) is None


def test_no_name_leads_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    assert FrozenFolder(folder).find("../secret") is None


def test_a_full_folder_takes_no_more_and_the_long_address_still_works(folder: Path) -> None:
    kept = FrozenFolder(folder, most=1)
    assert kept.keep(FrozenAnswer("ASK {}", "0123456789abcdef", "0" * 64, 1))
    assert not kept.keep(FrozenAnswer("ASK { ?s ?p ?o }", "0123456789abcdef", "0" * 64, 1))
    assert kept.keep(FrozenAnswer("ASK {}", "0123456789abcdef", "0" * 64, 1))
    assert len(list(folder.iterdir())) == 1


def test_an_answer_too_large_to_keep_is_kept_without_its_rows(folder: Path) -> None:
    record = FrozenAnswer("ASK {}", "0123456789abcdef", "0" * 64, 1, "", "x" * 2_000_000)
    kept = FrozenFolder(folder)
    assert kept.keep(record)
    found = kept.find(record.identifier)
    assert found is not None
    assert found.answer is None


def test_the_identifier_comes_from_query_release_and_digest_only() -> None:
    one = FrozenAnswer("ASK {}", "0123456789abcdef", "0" * 64, 1, "2025-01-01", "true\n")
    assert one.identifier == FrozenAnswer("ASK {}", "0123456789abcdef", "0" * 64, 7, "", None).identifier
    assert one.identifier != FrozenAnswer("ASK { }", "0123456789abcdef", "0" * 64, 1).identifier
    assert FrozenAnswer.from_pairs(dict(one.pairs())).identifier == one.identifier
    with pytest.raises(RequestError, match="on="):
        FrozenAnswer.from_pairs({**dict(one.pairs()), "on": "yesterday"})


def test_a_folder_that_cannot_be_written_gives_the_long_address(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder.write_text("a file where the folder should be")
    assert not FrozenFolder(folder).keep(FrozenAnswer("ASK {}", "0123456789abcdef", "0" * 64, 1))
    assert "could not be kept" in caplog.text
