"""What the site says of the quality of its own data."""

import csv
import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer_documents.conftest import Graph, problem, read
from tradegraph.files import Project
from tradegraph.web.explorer.quality_listings import LISTINGS
from tradegraph.web.explorer.quality_reading import read_report

REPORT = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix tgs: <https://w3id.org/tradegraph/shapes#> .
<https://w3id.org/tradegraph/id/report/1> a sh:ValidationReport ; sh:conforms true ;
    sh:result <https://w3id.org/tradegraph/id/result/1>, <https://w3id.org/tradegraph/id/result/2> .
<https://w3id.org/tradegraph/id/result/1> a sh:ValidationResult ; sh:resultSeverity sh:Info ;
    sh:sourceShape tgs:Treaty-dated ; sh:focusNode <https://w3id.org/tradegraph/id/agreement/cedaw> ;
    sh:resultMessage "Undated."@en , "Zonder datum."@nl .
<https://w3id.org/tradegraph/id/result/2> a sh:ValidationResult ; sh:resultSeverity sh:Warning ;
    sh:sourceShape tgs:Observation-money-stage ; sh:focusNode <https://w3id.org/tradegraph/id/observation/x> ;
    sh:resultMessage "No stage."@en , "Geen stadium."@nl .
"""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", sorted(LISTINGS))
def test_every_list_has_a_page_and_the_same_rows_as_a_file(visitor: FlaskClient, language: str, key: str) -> None:
    page = read(visitor, f"/{language}/quality/{key}")
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"/{language}/quality/{key}?format=csv").text)))
    answer = json.loads(visitor.get(f"/{language}/quality/{key}?format=json").data)
    assert (page.status, page.headings) == (200, 1)
    assert "None" not in page.text
    assert 0 < page.count() == len(rows) == answer["count"]


@pytest.mark.parametrize(
    ("key", "pattern"),
    [
        ("contradictions", "?a tg:contradicts ?b FILTER (STR(?a) < STR(?b))"),
        ("replaced", "?a tg:supersedes ?b"),
        ("restated", "?a tg:restates ?b"),
        ("gaps", "?a tg:missingReason ?why"),
        ("refusals", "{ ?a a tg:NonDisclosure } UNION { ?a tg:answerDisposition con:answer-disposition-refused }"),
        ("absences", "?a a tg:AbsenceStatement FILTER NOT EXISTS { ?a tg:missingReason ?why }"),
        ("notes", "?a tg:curationNote ?note FILTER (lang(?note) = 'en')"),
    ],
)
def test_a_list_has_as_many_rows_as_the_graph(visitor: FlaskClient, graph: Graph, key: str, pattern: str) -> None:
    assert read(visitor, f"/en/quality/{key}").count() == graph.count(pattern)


def test_two_sources_that_differ_stand_side_by_side_with_their_marks(visitor: FlaskClient) -> None:
    page = read(visitor, "/en/quality/contradictions")
    assert "circa 8%" in page.text
    assert "circa 6%" in page.text
    assert page.html.count('class="source-mark disagree"') >= 6


def test_a_reason_narrows_the_list(visitor: FlaskClient, graph: Graph) -> None:
    page = read(visitor, "/en/quality/gaps?reason=concept/missing-not-measured")
    assert page.count() == graph.count("?a tg:missingReason con:missing-not-measured")


def test_an_unknown_reason_is_answered_with_those_there_are(visitor: FlaskClient) -> None:
    given, says = problem(visitor, "/en/quality/gaps?reason=because")
    assert given == 400
    assert "concept/missing-not-measured" in says


def test_every_check_of_the_project_has_a_page_and_finds_nothing(visitor: FlaskClient, project: Project) -> None:
    checks = [path.stem for path in project.query_files("checks")]
    overview = read(visitor, "/nl/quality")
    assert checks
    for check in checks:
        assert f"/nl/quality/{check}" in overview.links
        assert read(visitor, f"/nl/quality/{check}").count() == 0, check


def test_a_release_without_a_report_says_so(visitor: FlaskClient) -> None:
    assert "This release has no validation report" in read(visitor, "/en/quality").text


def test_a_report_is_read_by_shape_the_gravest_first(tmp_path: Path) -> None:
    (tmp_path / "report.ttl").write_text(REPORT, encoding="utf-8")
    report = read_report(tmp_path)
    assert report is not None
    assert report.conforms
    assert [(one.severity, one.shape, one.message.nl, len(one.things)) for one in report.findings] == [
        ("Warning", "tgs:Observation-money-stage", "Geen stadium.", 1),
        ("Info", "tgs:Treaty-dated", "Zonder datum.", 1),
    ]


def test_coverage_counts_every_passage(visitor: FlaskClient, graph: Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/en/coverage?format=csv").text)))
    passages = sum(int(row["count"]) for row in rows if row["what"] == "passages")
    assert passages == graph.count("?a a tg:Passage")
    silent = sum(int(row["count"]) for row in rows if row["what"] == "passages" and row["of"])
    assert silent == graph.count("?a tg:statesNoFact ?why")


def test_coverage_names_what_is_not_in_the_text(visitor: FlaskClient) -> None:
    page = read(visitor, "/en/coverage")
    assert "/en/statement/missions-2025-figure-3" in page.links
    assert "What is not in it" in page.text


@pytest.mark.parametrize(("alias", "page"), [("kwaliteit", "quality"), ("dekking", "coverage"), ("over", "about")])
def test_dutch_names_lead_to_the_page(visitor: FlaskClient, alias: str, page: str) -> None:
    answer = visitor.get(f"/nl/{alias}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/nl/{page}")


def test_an_unknown_list_is_a_404_with_those_there_are(visitor: FlaskClient) -> None:
    given, says = problem(visitor, "/nl/quality/perfection")
    assert given == 404
    assert "contradictions" in says
