"""What is required of the data can be read, shape by shape."""

from collections import Counter
from pathlib import Path

from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from reference.conftest import read_page
from tradegraph.files import Project
from tradegraph.graph.turtle import read_turtle
from tradegraph.namespaces import DEF, SHAPES
from tradegraph.publish.constraints import Constraint, Shape, in_words, read_report


def test_every_node_of_the_shapes_has_its_anchor_once(visitor: FlaskClient, project: Project) -> None:
    nodes = {
        quad.subject.value
        for quad in read_turtle(project.shape_files, NamedNode(SHAPES))
        if isinstance(quad.subject, NamedNode)
    }
    fragments = {iri.removeprefix(SHAPES) for iri in nodes if iri.startswith(SHAPES)}
    page = read_page(visitor, "/nl/shapes")
    assert len(fragments) > 500
    # Prefix declarations are no shapes: they only serve the queries.
    missing = fragments - set(page.ids)
    assert {one for one in missing if not one.startswith("prefix-")} == set()
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []


def test_every_shape_says_in_both_languages_what_it_requires_or_is_used_by_one_that_does(
    shapes: dict[str, Shape],
) -> None:
    def told(shape: Shape) -> bool:
        return bool(shape.message.nl and shape.message.en) or any(
            told(shapes[iri])
            for iri in (*shape.holders, *shape.parts)
            if shape.iri not in shapes[iri].parts or shape.path
        )

    assert len(shapes) == 483
    assert [shape.key for shape in shapes.values() if not told(shape)] == []


def test_messages_stand_on_the_page_in_both_languages(visitor: FlaskClient, shapes: dict[str, Shape]) -> None:
    page = read_page(visitor, "/en/shapes")
    assert [shape.key for shape in shapes.values() if shape.message.en not in page.text] == []
    assert [shape.key for shape in shapes.values() if shape.message.nl not in page.text] == []


def test_a_shape_tells_what_it_is_about_and_asks(shapes: dict[str, Shape]) -> None:
    shape = shapes[SHAPES + "Mission-missionType"]
    assert shape.path == DEF + "missionType"
    assert shape.holders == (SHAPES + "Mission",)
    assert in_words(shape) == "minCount 1 · maxCount 1 · node tgs:MissionTypeConcept"


def test_lists_are_read_in_order(shapes: dict[str, Shape]) -> None:
    (constraint,) = shapes[SHAPES + "DateForm"].constraints
    assert constraint == Constraint("or", tuple(f"<{SHAPES}{one}>" for one in ("FullDate", "YearMonth", "Year")))


def test_a_release_without_a_report_says_so(visitor: FlaskClient, tmp_path: Path) -> None:
    assert read_report(tmp_path) is None
    assert "has no report" in read_page(visitor, "/en/shapes").text


def test_a_report_is_counted_by_severity_and_shape(tmp_path: Path) -> None:
    (tmp_path / "report.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:report> a sh:ValidationReport ; sh:conforms true ; sh:result <urn:1> , <urn:2> .
<urn:1> sh:resultSeverity sh:Warning ; sh:sourceShape <urn:shape> ; sh:focusNode <urn:b> .
<urn:2> sh:resultSeverity sh:Info ; sh:sourceShape <urn:shape> ; sh:focusNode <urn:a> .
""",
        encoding="utf-8",
    )
    found = read_report(tmp_path)
    assert found is not None
    assert found.conforms
    assert found.by_severity == {"Violation": 0, "Warning": 1, "Info": 1}
    assert found.by_shape == {"urn:shape": 2}
    assert found.nodes == {"urn:shape": ("urn:a", "urn:b")}
