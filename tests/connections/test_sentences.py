"""Every relation can be said in both languages and both directions, and what is said is grammatical."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, Store

from connections.graphs import edge, index_of, thing
from small_project import SmallProject
from tradegraph.errors import OntologyError
from tradegraph.explore.connections import EdgeIndex, Question, connect
from tradegraph.explore.connections.nouns import article, head_noun, is_plural, pronoun
from tradegraph.explore.connections.sentences import Speaker, Template, Templates, read_templates
from tradegraph.explore.names import Name
from tradegraph.files import Project
from tradegraph.graph.edges import Edge
from tradegraph.languages import LANGUAGES, Language
from tradegraph.namespaces import DEF, PREFIXES

LABEL = NamedNode(PREFIXES["rdfs"] + "label")
DIRECTIONS = ("forward", "backward")


@pytest.fixture(scope="module")
def templates(project: Project) -> Templates:
    return read_templates(project)


@pytest.fixture(scope="module")
def names(release_dataset: Store) -> dict[Language, dict[str, Name]]:
    found: dict[Language, dict[str, Name]] = {"nl": {}, "en": {}}
    for quad in release_dataset.quads_for_pattern(None, LABEL, None, None):
        assert isinstance(quad.object, Literal)
        for language in LANGUAGES:
            if quad.object.language == language and isinstance(quad.subject, NamedNode):
                found[language][quad.subject.value] = Name(quad.object.value)
    return found


def test_every_relation_of_the_project_is_in_the_table(edges: EdgeIndex, templates: Templates) -> None:
    missing = [(name, way) for name in edges.properties for way in DIRECTIONS if (name, way) not in templates]
    assert missing == []


def test_every_relation_between_things_of_the_front_door_is_in_the_table(
    release_dataset: Store, templates: Templates
) -> None:
    marked = release_dataset.quads_for_pattern(None, NamedNode(DEF + "frontDoor"), None, None)
    kind = NamedNode(PREFIXES["rdf"] + "type")
    relation = NamedNode(PREFIXES["owl"] + "ObjectProperty")
    relations = {
        quad.subject.value
        for quad in marked
        if isinstance(quad.subject, NamedNode)
        and any(release_dataset.quads_for_pattern(quad.subject, kind, relation, None))
    }
    assert len(relations) > 35
    assert relations <= {name for name, _ in templates}


def test_the_other_thing_comes_last_so_that_a_clause_can_follow_it(templates: Templates) -> None:
    for template in templates.values():
        for text in (template.nl, template.nl_clause, template.en):
            assert re.search(r"\{(o|bare)\}$", text), text
            assert len(re.findall(r"\{(?:o|bare)\}", text)) == 1, text


def test_a_verb_has_a_form_for_one_and_for_several(templates: Templates) -> None:
    for template in templates.values():
        assert "|" in template.nl, template
        assert "|" in template.en, template
        # A clause of its own has a verb; one that goes on without a pronoun has none.
        assert ("{die}" in template.nl_clause) == ("|" in template.nl_clause), template


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_row_makes_a_sentence_and_a_clause_without_leftovers(
    templates: Templates, language: Language, direction: str
) -> None:
    things = {key: thing(key) for key in ("mission/a", "mission/b", "mission/c")}
    called = {iri: Name(f"{key} van X") for key, iri in things.items()}
    for (name, way), template in templates.items():
        if way != direction:
            continue
        first, second = "mission/a", "mission/b"
        relations = [(first, second), (second, "mission/c")]
        made = [
            Edge(things[one], name, things[other]) if way == "forward" else Edge(things[other], name, things[one])
            for one, other in relations
        ]
        question = Question(things["mission/a"], things["mission/c"], mentions=True)
        (path,) = connect(index_of(made), question).paths
        said = "".join(piece.text for piece in Speaker(templates, called, language).path(path))
        assert not re.search(r"[{}|]|  | ,| \.", said), (template, said)
        assert said.endswith("."), said
        assert said.count(called[things["mission/b"]].text) == 1, said


def said(templates: Templates, language: Language, labels: dict[str, str], *lines: str) -> str:
    """The sentence for a path along these relations, from the first thing to the last."""
    edges = [edge(line) for line in lines]
    ends: dict[str, int] = {}
    for one in edges:
        for end in (one.subject, one.object):
            ends[end] = ends.get(end, 0) + 1
    start, end = (iri for iri in (thing(key) for key in labels) if ends[iri] == 1)
    (path,) = connect(index_of(edges), Question(start, end, hubs=True)).paths
    speaker = Speaker(templates, {thing(key): Name(label) for key, label in labels.items()}, language)
    return "".join(piece.text for piece in speaker.path(path))


def test_two_steps_are_one_sentence_with_a_clause(templates: Templates) -> None:
    lines = ("organisation/a participatesIn mission/m", "mission/m ledBy office/o")
    dutch = {"organisation/a": "VNO-NCW", "mission/m": "economische missie naar Spanje", "office/o": "minister van X"}
    assert said(templates, "nl", dutch, *lines) == (
        "VNO-NCW neemt deel aan de economische missie naar Spanje, onder leiding van de minister van X."
    )
    english = {"organisation/a": "VNO-NCW", "mission/m": "economic mission to Spain", "office/o": "minister of X"}
    assert said(templates, "en", english, *lines) == (
        "VNO-NCW takes part in the economic mission to Spain, which is led by the minister of X."
    )


def test_a_third_step_begins_a_new_sentence(templates: Templates) -> None:
    labels = {
        "person/p": "A. Person",
        "mission/m": "trade mission",
        "mission-set/s": "trade missions",
        "event/e": "Expo",
    }
    lines = ("person/p participatesIn mission/m", "mission/m inSet mission-set/s", "mission-set/s withinEvent event/e")
    assert said(templates, "en", labels, *lines) == (
        "A. Person takes part in the trade mission, which belongs to the trade missions. "
        "The trade missions are part of Expo."
    )


def test_an_office_that_is_held_has_no_article(templates: Templates) -> None:
    labels = {"person/p": "A. Person", "office/o": "minister van Buitenlandse Zaken"}
    assert said(templates, "nl", labels, "person/p holdsOffice office/o") == (
        "A. Person bekleedt het ambt van minister van Buitenlandse Zaken."
    )


@pytest.mark.parametrize(
    ("kind", "label", "before", "noun"),
    [
        ("mission", "economische missie naar Spanje, 2026", "de", "missie"),
        ("agreement", "vrijhandelsakkoord USMCA", "het", "vrijhandelsakkoord"),
        ("event", "werkbezoek van het Koninklijk Huis aan Japan, 2025", "het", "werkbezoek"),
        ("grouping", "prioritaire markten", "de", "markten"),
        ("grouping", "strategische regio ASEAN-5", "de", "regio"),
        ("organisation", "Invest International", "", "international"),
        ("organisation", "Wereldbank", "de", "wereldbank"),
        ("territory", "Verenigde Staten", "de", "staten"),
        ("territory", "Indonesië", "", "indonesië"),
        ("person", "Trump", "", "trump"),
        ("event", "twee CEO-rondetafels tijdens het werkbezoek aan de VS", "", "rondetafels"),
        ("organisation", "Breed Handelsberaad", "het", "handelsberaad"),
        ("organisation", "Nationaal Contactpunt OESO-richtlijnen (Nederland)", "het", "richtlijnen"),
        ("organisation", "MVO Nederland", "", "nederland"),
    ],
)
def test_dutch_articles_follow_the_noun_that_a_name_is_about(kind: str, label: str, before: str, noun: str) -> None:
    assert article(thing(f"{kind}/x"), Name(label), "nl") == before
    assert head_noun(label, "nl") == noun


@pytest.mark.parametrize(
    ("kind", "label", "before"),
    [
        ("mission", "economic mission to Spain, 2026", "the"),
        ("organisation", "World Bank", "the"),
        ("organisation", "Invest International", ""),
        ("territory", "Netherlands", "the"),
        ("territory", "Japan", ""),
        ("event", "two CEO round tables", ""),
        ("office", "Minister for Foreign Trade", ""),
    ],
)
def test_english_articles(kind: str, label: str, before: str) -> None:
    assert article(thing(f"{kind}/x"), Name(label), "en") == before


def test_a_name_in_the_other_language_stands_as_it_is() -> None:
    assert article(thing("mission/x"), Name("economische missie", "nl"), "en") == ""
    assert is_plural(thing("mission/x"), Name("economische missies", "nl"), "en")


@pytest.mark.parametrize(
    ("kind", "label", "words"),
    [
        ("mission", "economische missie naar Spanje", "die"),
        ("agreement", "vrijhandelsakkoord USMCA", "dat"),
        ("territory", "Indonesië", "dat"),
        ("territory", "Verenigde Staten", "die"),
        ("office", "minister van X", "die"),
        ("organisation", "Invest International", "een organisatie die"),
        ("instrument", "ORIO", "een instrument dat"),
    ],
)
def test_the_dutch_pronoun_fits_the_name(kind: str, label: str, words: str) -> None:
    assert pronoun(thing(f"{kind}/x"), Name(label), "nl") == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_the_project_never_get_two_articles(
    names: dict[Language, dict[str, Name]], edges: EdgeIndex, language: Language
) -> None:
    own = {"nl": r"^(de|het|een)\b", "en": r"^(the|an?)\b"}[language]
    for node in range(edges.nodes):
        name = names[language].get(edges.iri(node))
        if name is not None and re.match(own, name.text):
            assert article(edges.iri(node), name, language) == ""


def test_a_row_that_cannot_be_used_is_named_by_its_line(small: SmallProject) -> None:
    path = small.project.root / "ontology" / "sentences.csv"
    path.write_text("property,direction,nl,nl_clause,en\ntg:ledBy,sideways,x {o},y {o},z {o}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"sentences.csv: line 2"):
        read_templates(small.project)
    path.write_text("property,direction,nl,nl_clause,en\ntg:ledBy,forward,x {o},y,z {o}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"\{o\}"):
        read_templates(small.project)


def test_templates_are_three_texts(templates: Templates) -> None:
    assert templates[DEF + "ledBy", "forward"] == Template(
        "{staat|staan} onder leiding van {o}", "onder leiding van {o}", "{is|are} led by {o}"
    )
