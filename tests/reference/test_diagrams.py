"""Diagrams show every class and relation of a subject, and no text lies over another."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from flask.testing import FlaskClient

from tradegraph.drawings.classes import Arrow, Box, Diagram, Line, draw, text_width
from tradegraph.languages import LANGUAGES, Language
from tradegraph.publish.diagrams import diagram
from tradegraph.publish.terms import Ontology

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = (
    "front-door",
    "events",
    "agreements",
    "places",
    "agents",
    "policy",
    "documents",
    "questions",
    "statements",
    "statistics",
    "general",
)

Area = tuple[float, float, float, float]


def areas(svg: str) -> list[tuple[str, Area]]:
    """Return each text with left, top, right and bottom, as wide as the drawing takes it to be."""
    found = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        words = "".join(text.itertext())
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        found.append((words, (x, y - 12, x + text_width(words), y + 4)))
    return found


def overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", DRAWN)
def test_no_text_lies_over_another(ontology: Ontology, key: str, language: Language) -> None:
    (part,) = [part for part in ontology.parts if part.key == key]
    texts = areas(draw(diagram(ontology, part, language), key))
    assert len(texts) > 5
    assert [(a[0], b[0]) for a, b in combinations(texts, 2) if overlap(a[1], b[1])] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", DRAWN)
def test_no_box_lies_over_another_and_all_are_within_the_drawing(
    ontology: Ontology, key: str, language: Language
) -> None:
    (part,) = [part for part in ontology.parts if part.key == key]
    root = ET.fromstring(draw(diagram(ontology, part, language), key))
    boxes: list[Area] = []
    for box in root.iter(f"{SVG}rect"):
        x, y, width, height = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        if "cd-bar" not in box.attrib["class"]:
            boxes.append((x, y, x + width, y + height))
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
    assert max(box[2] for box in boxes) <= float(root.attrib["width"])
    assert max(box[3] for box in boxes) <= float(root.attrib["height"])


@pytest.mark.parametrize("key", DRAWN)
def test_every_class_and_property_of_the_subject_is_drawn(ontology: Ontology, key: str) -> None:
    (part,) = [part for part in ontology.parts if part.key == key]
    svg = draw(diagram(ontology, part, "en"), key)
    terms = [term for term in part.terms if term.sort != "individual"]
    shown = [term for term in terms if key != "front-door" or term.front_door]
    assert [term.name for term in shown if f'href="/en/def#{term.name}"' not in svg] == []


def test_the_same_ontology_gives_the_same_bytes(ontology: Ontology) -> None:
    part = ontology.parts[0]
    assert draw(diagram(ontology, part, "nl"), "x") == draw(diagram(ontology, part, "nl"), "x")


def test_boxes_are_put_in_an_order_in_which_lines_do_not_cross() -> None:
    one, two = Box("one", (Line("one"),)), Box("two", (Line("two"),))
    left, right = Box("left", (Line("left"),)), Box("right", (Line("right"),))
    arrows = (Arrow("left", "two", Line("first")), Arrow("right", "one", Line("second")))
    svg = draw(Diagram("", "", (left, right), (one, two), arrows), "x")
    assert svg.index(">two<") < svg.index(">one<")


def test_what_a_term_is_called_cannot_break_the_drawing() -> None:
    svg = draw(Diagram("a & b", "", (Box("x", (Line("<x>", '/"'),)),), (), ()), "x")
    assert "".join(ET.fromstring(svg).itertext()).count("<x>") == 1


@pytest.mark.parametrize("key", DRAWN)
def test_a_diagram_is_a_file_too_with_a_style_that_its_policy_lets_through(visitor: FlaskClient, key: str) -> None:
    answer = visitor.get(f"/nl/def/{key}.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    root = ET.fromstring(answer.text)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'", answer.headers["Content-Security-Policy"]
    )
    assert "prefers-color-scheme" in answer.text


def test_a_diagram_that_is_not_there_is_answered_with_those_that_are(visitor: FlaskClient) -> None:
    answer = visitor.get("/nl/def/weather.svg", headers={"Accept": "application/problem+json"})
    assert answer.status_code == 404
    assert "events" in answer.get_json()["remedy"]
