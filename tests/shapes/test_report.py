"""What a validation report says, and that it says it the same way each time."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, RdfFormat, Store, parse

from tradegraph.checks.report import INFO, VIOLATION, WARNING, ShaclReport
from tradegraph.checks.shacl import validate
from tradegraph.errors import OntologyError
from tradegraph.files import Project
from tradegraph.namespaces import PREFIXES, SHAPES

MISSION = "https://w3id.org/tradegraph/id/mission/nowhere"
TG, RDF_TYPE = PREFIXES["tg"], PREFIXES["rdf"] + "type"
LEADERLESS = f"<{MISSION}> <{RDF_TYPE}> <{TG}EconomicMission> <urn:a> .\n".encode()
ODD_PERSON = (
    f"<urn:x> <{RDF_TYPE}> <{TG}Cabinet> <urn:a> .\n".encode()
    + "".join(f'<urn:x> <{PREFIXES["rdfs"]}label> "x"@{language} <urn:b> .\n' for language in ("en", "nl")).encode()
)


@pytest.fixture(scope="module")
def leaderless(project: Project) -> ShaclReport:
    return validate(LEADERLESS, project.shape_files)


def test_an_empty_graph_conforms_and_has_no_results(project: Project) -> None:
    report = validate(b"", project.shape_files)
    assert (report.conforms, report.results) == (True, ())


def test_a_violation_makes_the_graph_not_conform(leaderless: ShaclReport) -> None:
    assert leaderless.of(VIOLATION)
    assert not leaderless.conforms


def test_a_warning_leaves_the_graph_conforming(project: Project) -> None:
    report = validate(ODD_PERSON, project.shape_files)
    assert [(r.severity, r.shape) for r in report.results] == [(WARNING, SHAPES + "Cabinet-provenance")]
    assert report.conforms


def test_a_class_is_seen_across_named_graphs(project: Project) -> None:
    subclass = f"<{TG}EconomicMission> <{PREFIXES['rdfs']}subClassOf> <{TG}Mission> <urn:b> .\n".encode()
    report = validate(LEADERLESS + subclass, project.shape_files)
    assert SHAPES + "Mission-destination" in {result.shape for result in report.results}


def test_a_result_tells_its_message_in_both_languages(leaderless: ShaclReport) -> None:
    result = next(r for r in leaderless.results if r.shape == SHAPES + "EconomicMission-leader")
    assert (result.message_en, result.message_nl) == (
        "An economic mission has a leader, if only as the source puts it.",
        "Een economische missie heeft een leider, al is het alleen zoals de bron die noemt.",
    )


def test_the_same_graph_gives_the_same_report_whatever_the_order_of_its_lines(project: Project) -> None:
    lines = (LEADERLESS + ODD_PERSON).splitlines(keepends=True)
    one, two = (validate(b"".join(order), project.shape_files) for order in (lines, lines[::-1]))
    assert (one.turtle(), one.text()) == (two.turtle(), two.text())


def test_the_report_is_turtle_without_blank_nodes_that_holds_every_result(leaderless: ShaclReport) -> None:
    triples = list(parse(leaderless.turtle(), RdfFormat.TURTLE))
    assert not any(isinstance(term, BlankNode) for t in triples for term in (t.subject, t.object))
    results = {t.object for t in triples if t.predicate.value == PREFIXES["sh"] + "result"}
    assert len(results) == len(leaderless.results)


def test_the_page_groups_results_by_severity_and_names_the_shape_once(leaderless: ShaclReport) -> None:
    page = leaderless.text()
    assert page.startswith("SHACL: the graph does not conform / de graaf voldoet niet\n")
    assert page.index("Violations / Overtredingen: ") < page.index("Warnings / Waarschuwingen: 0")
    assert page.count("tgs:EconomicMission-leader\n") == 1


def test_results_come_gravest_first(project: Project) -> None:
    report = validate(LEADERLESS + ODD_PERSON, project.shape_files)
    assert [r.severity for r in report.results] == sorted((r.severity for r in report.results), key=_gravity)


def _gravity(severity: str) -> int:
    return (VIOLATION, WARNING, INFO).index(severity)


@pytest.mark.parametrize("setting", [True, False])
def test_rdflib_keeps_the_setting_it_had(project: Project, monkeypatch: pytest.MonkeyPatch, setting: bool) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", setting)
    validate(b"", project.shape_files)
    assert rdflib.NORMALIZE_LITERALS is setting


def test_a_shapes_file_that_is_not_turtle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b> .", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl: not Turtle"):
        validate(b"", [path])


def test_a_shape_without_a_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nameless.ttl"
    path.write_text("<urn:a> <urn:b> [ <urn:c> 1 ] .", encoding="utf-8")
    with pytest.raises(OntologyError, match="holds a blank node"):
        validate(b"", [path])


def test_every_shape_with_a_target_says_what_it_asks_in_both_languages(project: Project) -> None:
    store = Store()
    for path in project.shape_files:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    silent = store.query(
        """
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT DISTINCT ?shape WHERE {
            { ?node sh:targetClass|sh:targetSubjectsOf ?target ; sh:property ?shape }
            UNION { ?shape sh:sparql|sh:xone ?constraint } UNION { ?shape sh:targetObjectsOf ?relation }
            FILTER NOT EXISTS {
                ?shape sh:severity ?severity ; sh:message ?en , ?nl ; sh:name ?name_en , ?name_nl .
                FILTER (LANG(?en) = "en" && LANG(?nl) = "nl" && LANG(?name_en) = "en" && LANG(?name_nl) = "nl")
            }
        }
        """
    )
    assert list(silent) == []  # type: ignore[arg-type]  # a SELECT gives solutions
