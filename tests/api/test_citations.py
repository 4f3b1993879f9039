"""References in APA, BibTeX, RIS and CSL-JSON, and the pages that give them."""

import json
import re

import pytest
from flask.testing import FlaskClient

from tradegraph.publish.citations import Work, apa, bibtex, csl_json, ris
from tradegraph.store import Release

LETTER = Work(
    "document",
    "Kosten & baten: 50% van {alles}",
    "https://example.org/kst-1_2",
    ("Ministerie van Buitenlandse Zaken",),
    "2025-11-03",
    "36180-179",
    language="nl",
)
RESULT = Work(
    "data", "Indonesia", "https://w3id.org/tradegraph/id/territory/idn", ("tradegraph",), release="8bc66f9bcfd4e0b0"
)
PAGE = Work("page", "Missions", "https://example.org/en/mission/", release="8bc66f9bcfd4e0b0")
WORKS = [LETTER, RESULT, PAGE]
# Types and names of the CSL-JSON input schema, as far as they are used.
CSL_NAMES = {"id", "type", "title", "author", "issued", "number", "version", "publisher", "language", "URL"}
CSL_TYPES = {"report", "dataset", "webpage"}


def test_apa_in_both_languages() -> None:
    assert apa(LETTER, "en") == (
        "Ministerie van Buitenlandse Zaken. (2025, November 3). Kosten & baten: 50% van {alles} (36180-179). "
        "https://example.org/kst-1_2"
    )
    assert "(2025, 3 november)" in apa(LETTER, "nl")
    assert apa(RESULT, "en") == (
        "tradegraph. (n.d.). Indonesia (release 8bc66f9bcfd4e0b0) [Knowledge graph]. "
        "https://w3id.org/tradegraph/id/territory/idn"
    )
    assert "(z.d.). Indonesia (uitgave 8bc66f9bcfd4e0b0) [Kennisgraaf]." in apa(RESULT, "nl")


def test_apa_without_an_author_begins_with_the_title() -> None:
    assert apa(PAGE, "en").startswith("Missions (release 8bc66f9bcfd4e0b0). (n.d.). https://")


def test_apa_names_two_authors_with_an_ampersand_and_a_date_as_far_as_known() -> None:
    work = Work("document", "T", "https://example.org/", ("A", "B"), "2025-11")
    assert apa(work, "en").startswith("A & B. (2025, November). T.")
    assert apa(Work("document", "T", "https://example.org/", ("A",), "2025"), "en").startswith("A. (2025). T.")


def test_bibtex_escapes_what_tex_would_read_and_keeps_organisations_whole() -> None:
    entry = bibtex(LETTER)
    assert entry.startswith("@techreport{")
    assert "author = {{Ministerie van Buitenlandse Zaken}}" in entry
    assert r"title = {{Kosten \& baten: 50\% van \{alles\}}}" in entry
    assert "month = nov," in entry
    assert "url = {https://example.org/kst-1_2}" in entry


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.type)
def test_bibtex_has_balanced_braces_a_key_and_no_empty_field(work: Work) -> None:
    entry = re.sub(r"\\[{}]", "", bibtex(work))
    assert entry.count("{") == entry.count("}")
    assert re.match(r"@(misc|techreport)\{[a-z0-9-]+,\n", entry)
    assert "{}," not in entry.replace("textbackslash{}", "")


def test_bibtex_escapes_every_character_that_tex_reads() -> None:
    entry = bibtex(Work("page", "a_b#c$d~e^f\\g", "https://example.org/"))
    assert r"a\_b\#c\$d\textasciitilde{}e\textasciicircum{}f\textbackslash{}g" in entry


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.type)
def test_ris_begins_with_the_type_ends_with_er_and_has_a_tag_on_each_line(work: Work) -> None:
    lines = ris(work).split("\r\n")
    assert lines[0] in ("TY  - RPRT", "TY  - DATA", "TY  - ELEC")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert sum(line.startswith("TY") for line in lines) == sum(line.startswith("ER") for line in lines) == 1


def test_ris_writes_a_date_with_slashes() -> None:
    assert "\r\nPY  - 2025\r\nDA  - 2025/11/03/\r\n" in ris(LETTER)
    assert "DA  - 2025///\r\n" in ris(Work("document", "T", "https://example.org/", issued="2025"))


def test_a_title_cannot_bring_a_tag_of_its_own_into_ris() -> None:
    lines = ris(Work("page", "a\r\nER  - \r\nTY  - BOOK", "https://example.org/")).split("\r\n")
    assert sum(line.startswith("TY") for line in lines) == 1


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.type)
def test_csl_json_has_only_names_of_its_schema(work: Work) -> None:
    (item,) = json.loads(csl_json(work))
    assert set(item) <= CSL_NAMES
    assert item["type"] in CSL_TYPES
    assert {"id", "type"} <= set(item)
    assert all(set(name) == {"literal"} for name in item.get("author", []))


def test_csl_json_writes_the_date_as_numbers() -> None:
    (item,) = json.loads(csl_json(LETTER))
    assert item["issued"] == {"date-parts": [[2025, 11, 3]]}
    assert "issued" not in json.loads(csl_json(RESULT))[0]


@pytest.mark.parametrize("write", [bibtex, ris, csl_json])
def test_there_is_no_clock_in_a_reference(write: object) -> None:
    assert callable(write)
    assert "accessed" not in write(RESULT).lower()
    assert "Y2" not in write(RESULT)


def test_the_page_of_a_thing_is_cited_by_permanent_address_and_release(
    visitor: FlaskClient, unchecked: Release
) -> None:
    reference = visitor.get("/cite.txt?of=/en/mission/2025-06-indonesia").text
    assert reference.endswith("https://w3id.org/tradegraph/id/mission/2025-06-indonesia\n")
    assert unchecked.identifier in reference
    assert (
        "economic mission to Indonesia, 2025" in visitor.get("/cite.txt?of=/en/mission/2025-06-indonesia&lang=en").text
    )


def test_a_page_with_an_answer_is_cited_by_its_title_and_whole_address(visitor: FlaskClient) -> None:
    path = "/en/questions/agreements-of-a-mission?mission=2025-india"
    (item,) = json.loads(visitor.get("/cite.json", query_string={"of": path}).data)
    assert item["title"].startswith("How many MoUs")
    assert item["URL"].endswith(path)


def test_a_document_is_cited_as_it_was_published(visitor: FlaskClient) -> None:
    (item,) = json.loads(visitor.get("/cite.json?of=/nl/document/bz2626864&what=document").data)
    assert item["type"] == "report"
    assert item["number"] == "BZ2626864"
    assert item["issued"]["date-parts"][0][0] >= 2025
    assert "tradegraph" not in json.dumps(item.get("author"))


def test_the_page_of_a_passage_leads_to_the_reference_of_its_document(visitor: FlaskClient) -> None:
    relations = visitor.get("/api/relations?thing=mission/2025-06-indonesia&property=destination").get_json()[
        "relations"
    ]
    path = "/nl/passage/" + relations[0]["passages"][0]["iri"].rpartition("/")[2]
    (item,) = json.loads(visitor.get("/cite.json", query_string={"of": path, "what": "document"}).data)
    assert item["type"] == "report"


@pytest.mark.parametrize("form", ["bib", "ris", "json", "txt"])
def test_each_file_has_its_own_media_type(visitor: FlaskClient, form: str) -> None:
    expected = {
        "bib": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "json": "application/vnd.citationstyles.csl+json",
        "txt": "text/plain",
    }
    answer = visitor.get(f"/cite.{form}?of=/nl/questions/")
    assert (answer.status_code, answer.mimetype) == (200, expected[form])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_the_sentence_and_the_files(visitor: FlaskClient, language: str) -> None:
    page = visitor.get(f"/{language}/cite?of=/{language}/mission/2025-06-indonesia").text
    assert 'data-testid="cite-text"' in page
    assert f"/cite.bib?of=%2F{language}%2Fmission%2F2025-06-indonesia" in page


@pytest.mark.parametrize(
    ("of", "status"),
    [
        ("", 400),
        ("https://example.org/", 400),
        ("//example.org/", 400),
        ("/\\example.org/", 400),
        ("nl/", 400),
        ("/nl/mission/2025-06-indonesi", 404),
        ("/nl/nowhere/", 404),
        ("/nl/cite?of=/nl/", 404),
        ("/cite.bib?of=/nl/", 404),
        ("/" + "x" * 9_000, 414),
    ],
)
def test_only_pages_of_this_site_that_are_there_can_be_cited(visitor: FlaskClient, of: str, status: int) -> None:
    assert visitor.get("/nl/cite", query_string={"of": of}).status_code == status
    assert visitor.get("/cite.bib", query_string={"of": of}).status_code == status


def test_a_page_of_no_document_has_no_reference_of_a_document(visitor: FlaskClient) -> None:
    assert visitor.get("/cite.bib?of=/nl/questions/&what=document").status_code == 404
    assert visitor.get("/cite.bib?of=/nl/questions/&what=book").status_code == 400
