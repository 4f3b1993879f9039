"""What is found, in which order, and what is shown of it."""

import re
import threading
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from search.conftest import IndexOf
from tradegraph.errors import NotFound, QueryError, QueryRefused, QueryTimeout
from tradegraph.namespaces import PREFIXES
from tradegraph.search import Index, build_index
from tradegraph.search.find import MOST_HITS
from tradegraph.search.question import MOST_WORDS
from tradegraph.search.words import Language, words

MISSIONS = """
:japan a tg:Mission ; rdfs:label "handelsmissie naar Japan"@nl , "trade mission to Japan"@en ;
    dct:description "Follow-up van de economische missies van 2025."@nl .
:kenya a tg:Mission ; rdfs:label "economische missie naar Kenia"@nl , "economic mission to Kenya"@en ;
    dct:description "Voor de handel: bedrijven uit België, Japan en Nederland deden mee."@nl .
:belgium a tg:Territory ; rdfs:label "België"@nl , "Belgium"@en ; tg:isoAlpha3 "BEL" .
:ceta a tg:Agreement ; rdfs:label "handelsakkoord EU–Canada"@nl , "EU-Canada trade agreement"@en ;
    tg:nameAsStated "CETA"@nl ; dct:description "Een akkoord tussen twee partijen."@nl .
:mou a tg:Agreement ; rdfs:label "MoU’s met New York"@nl , "MoU with New York"@en .
"""


def found(index: Index, text: str, language: Language | None = None, as_you_type: bool = False) -> list[str]:
    hits = index.find(text, language, limit=50, as_you_type=as_you_type)
    return [hit.iri.removeprefix("https://e.org/") for hit in hits]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("kenia", ["kenya"]),
        ("KENIA", ["kenya"]),
        ("Belgie", ["belgium", "kenya"]),
        ("belgië", ["belgium", "kenya"]),
        ("missies kenia", ["kenya"]),
        ("missie japan", ["japan", "kenya"]),
        ("handelsmissie", ["japan"]),
        ("handelsmissies", ["japan"]),
        ("missie", ["kenya", "japan"]),
        ("handel", ["ceta", "japan", "kenya"]),
        ("bedrijf", ["kenya"]),
        ("2025", ["japan"]),
        ("follow-up", ["japan"]),
        ("followup", ["japan"]),
        ("follow up", ["japan"]),
        ("CETA", ["ceta"]),
        ("BEL", ["belgium"]),
        ("mou", ["mou"]),
        ("MoU's", ["mou"]),
        ("EU-Canada", ["ceta"]),
        ("canada eu", ["ceta"]),
        ("Canada-EU", []),
        ('"economische missie"', ["kenya"]),
        ('"economische missies"', ["japan"]),
        ("“naar Japan”", ["japan"]),
        ("jap*", ["japan", "kenya"]),
        ("jap", []),
        ("peru", []),
        ("missie peru", []),
    ],
)
def test_in_dutch_these_words_find_these_things(index_of: IndexOf, text: str, things: list[str]) -> None:
    assert sorted(found(index_of(MISSIONS), text, "nl")) == sorted(things)


@pytest.mark.parametrize(
    ("text", "things"),
    [("missions", ["japan", "kenya"]), ("trading", ["ceta", "japan"]), ("Belgium", ["belgium"]), ("handel", [])],
)
def test_in_english_these_words_find_these_things(index_of: IndexOf, text: str, things: list[str]) -> None:
    assert sorted(found(index_of(MISSIONS), text, "en")) == sorted(things)


def test_without_a_language_both_are_searched_and_each_thing_comes_once(index_of: IndexOf) -> None:
    index = index_of(MISSIONS)
    assert sorted(found(index, "japan")) == ["japan", "kenya"]
    assert [hit.language for hit in index.find("belgium")] == ["en"]


def test_a_name_comes_before_a_text_and_the_very_name_first_of_all(index_of: IndexOf) -> None:
    index = index_of("""
        :text a tg:Policy ; rdfs:label "iets"@nl ; dct:description "wind wind wind"@nl .
        :longer a tg:Sector ; rdfs:label "wind op zee"@nl .
        :exact a tg:Sector ; rdfs:label "Wind"@nl .
        :named a tg:Sector ; rdfs:label "windkracht"@nl ; skos:altLabel "wind"@nl .
    """)
    hits = index.find("wind", "nl")
    assert [hit.iri[-5:] for hit in hits] == ["exact", "named", "onger", "/text"]
    assert [int(hit.score) for hit in hits] == [3, 3, 2, 1]


def test_what_has_no_label_is_called_by_where_it_is_written(index_of: IndexOf) -> None:
    index = index_of("""
        :passage a tg:Passage ; tg:paraphrase "Over waterstof."@nl ; tg:locator "Missiebrief, par. 1"@nl .
        :answer a tg:Answer ; tg:text "Het gaat om ammoniak."@nl ; tg:statedIn :passage .
    """)
    assert [(hit.kind, hit.label) for hit in index.find("waterstof")] == [("Passage", "Missiebrief, par. 1")]
    assert [(hit.kind, hit.label) for hit in index.find("ammoniak")] == [("Answer", "Missiebrief, par. 1")]


def test_a_kind_takes_in_its_subclasses_and_the_front_door_is_shown(index_of: IndexOf) -> None:
    index = index_of("""
        tg:Mission tg:frontDoor true ; rdfs:label "mission"@en . tg:Event tg:frontDoor true .
        tg:Mission rdfs:subClassOf tg:Event . tg:Odd rdfs:subClassOf tg:Mission .
        :a a tg:Odd , tg:Mission , tg:Event ; rdfs:label "journey one"@en .
        :b a tg:Event ; rdfs:label "journey two"@en .
    """)
    assert [(hit.iri[-1], hit.kind) for hit in index.find("journey", kinds=["Event"])] == [
        ("a", "Mission"),
        ("b", "Event"),
    ]
    assert [hit.iri[-1] for hit in index.find("journey", kinds=["Mission"])] == ["a"]


def test_a_kind_that_nothing_has_is_refused_with_one_that_looks_like_it(index_of: IndexOf) -> None:
    with pytest.raises(QueryRefused, match="Mission"):
        index_of(MISSIONS).find("japan", kinds=["mission"])


def test_while_typing_the_last_word_may_go_on(index_of: IndexOf) -> None:
    index = index_of(MISSIONS)
    assert found(index, "missie jap", "nl", as_you_type=True) == ["japan", "kenya"]
    assert found(index, "missies", "nl", as_you_type=True) != []
    assert found(index, "jap ", "nl", as_you_type=True) == []


def test_a_phrase_does_not_run_on_from_one_text_into_the_next(index_of: IndexOf) -> None:
    index = index_of(':a rdfs:label "een twee"@nl ; skos:altLabel "drie vier"@nl , "vijf"@nl .')
    assert [found(index, f'"{text}"') for text in ("een twee", "twee drie", "vier vijf")] == [["a"], [], []]


def test_names_that_a_statement_bears_are_no_names_of_its_own(index_of: IndexOf) -> None:
    index = index_of("""
        :rvo a tg:Organisation ; rdfs:label "Rijksdienst"@nl ; tg:shortName "RVO" .
        :s a tg:Statement ; tg:nameAsStated "RVO"@nl ; tg:qualification "Met RVO."@nl .
    """)
    assert [(hit.iri[-3:], int(hit.score)) for hit in index.find("rvo", "nl")] == [("rvo", 3), ("g/s", 1)]


def test_a_snippet_shows_the_words_in_their_place(index_of: IndexOf) -> None:
    long = " ".join(["woord"] * 60) + " Bedrijven uit België deden mee " + " ".join(["slot"] * 60)
    index = index_of(f':a rdfs:label "titel"@nl ; dct:description "{long}"@nl .')
    (hit,) = index.find("bedrijf belgie", "nl")
    assert [piece for piece, is_match in hit.snippet.pieces() if is_match] == ["Bedrijven", "België"]
    assert "".join(piece for piece, _ in hit.snippet.pieces()) == hit.snippet.text
    assert len(hit.snippet.text) <= 202
    assert hit.snippet.text.startswith("…woord")
    assert hit.snippet.text.endswith("slot…")


def test_a_snippet_marks_the_compound_that_holds_the_word(index_of: IndexOf) -> None:
    index = index_of(MISSIONS)
    (hit,) = [hit for hit in index.find("handel", "nl") if hit.iri.endswith("japan")]
    assert ("handelsmissie", True) in hit.snippet.pieces()


@pytest.mark.parametrize("text", ["", "   ", "?!", '""', "*", '" * "', "-", "_", "\x00"])
def test_without_a_word_there_is_nothing_to_search_for(index_of: IndexOf, text: str) -> None:
    with pytest.raises(QueryRefused, match="no word"):
        index_of(MISSIONS).find(text)


@pytest.mark.parametrize("text", ["a " * 17, "x" * 301])
def test_too_many_words_are_refused(index_of: IndexOf, text: str) -> None:
    with pytest.raises(QueryRefused, match="fewer words"):
        index_of(MISSIONS).find(text)


@pytest.mark.parametrize("limit", [0, -1, MOST_HITS + 1])
def test_a_limit_out_of_bounds_is_refused(index_of: IndexOf, limit: int) -> None:
    with pytest.raises(QueryRefused, match=str(MOST_HITS)):
        index_of(MISSIONS).find("japan", limit=limit)


@pytest.mark.parametrize(
    "text",
    ['japan AND', 'NOT japan', "japan OR kenya", "label : japan", "NEAR(japan kenya, 2)", "^japan", "{label}:japan",
     'japan" OR "kenya', "japan)", "(japan", "-japan", "+japan", "japan' --", "ja*pan", "**"],
)  # fmt: skip
def test_what_means_something_to_fts5_means_nothing_here(index_of: IndexOf, text: str) -> None:
    if any(True for _ in words(text)):
        index_of(MISSIONS).find(text)
    else:
        with pytest.raises(QueryRefused):
            index_of(MISSIONS).find(text)


@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda soup: soup.decode("latin-1")), st.booleans())
def test_no_text_raises_anything_but_our_errors(release_index: Index, text: str, as_you_type: bool) -> None:
    try:
        hits = release_index.find(text, limit=3, as_you_type=as_you_type)
    except QueryError:
        return
    assert len(hits) <= 3


VOCABULARY = ["wind", "zee", "missie", "handel", "Japan", "België", "export", "akkoord"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4), min_size=1, max_size=6))
def test_all_words_and_only_things_with_all_words(index_of: IndexOf, labels: list[list[str]]) -> None:
    index = index_of("".join(f':t{n} rdfs:label "{" ".join(label)}"@nl .\n' for n, label in enumerate(labels)))
    for pair in combinations(VOCABULARY[:5], 2):
        expected = {f"t{n}" for n, label in enumerate(labels) if set(pair) <= set(label)}
        assert set(found(index, " ".join(pair))) == expected
        rows = {f"t{n}" for n, label in enumerate(labels) if f" {' '.join(pair)} " in f" {' '.join(label)} "}
        assert set(found(index, f'"{" ".join(pair)}"')) == rows


def test_every_word_of_every_label_finds_its_thing(release_dataset: Store, release_index: Index) -> None:
    # What is found by all words at once is found by each of them.
    asked: set[tuple[str, Language, str]] = set()
    for name in (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["dct"] + "title"):
        for quad in release_dataset.quads_for_pattern(None, NamedNode(name), None):
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, Literal)
            language: Language = "nl" if quad.object.language == "nl" else "en"
            of_label = [word.folded for word in words(quad.object.value)]
            for start in range(0, len(of_label), MOST_WORDS):
                asked.add((quad.subject.value, language, " ".join(of_label[start : start + MOST_WORDS])))
    assert len(asked) > 5_000
    for thing, language, text in sorted(asked):
        assert thing in {hit.iri for hit in release_index.find(text, language, limit=200)}, text


def test_fewer_hits_are_the_first_of_more(release_index: Index) -> None:
    for text in ("missie", "export", "jap*"):
        many = release_index.find(text, limit=200)
        assert release_index.find(text, limit=7) == many[:7]
        assert [hit.score for hit in many] == sorted((hit.score for hit in many), reverse=True)
        assert len({hit.iri for hit in many}) == len(many)


def test_the_release_is_found_by_abbreviation_diacritics_and_compound(release_index: Index) -> None:
    firsts = {
        text: release_index.find(text)[0].iri.rpartition("/id/")[2] for text in ("RVO", "Belgie", "handelsmissie")
    }
    assert firsts == {"RVO": "organisation/rvo", "Belgie": "territory/bel", "handelsmissie": firsts["handelsmissie"]}
    assert "concept/" in firsts["handelsmissie"]


def test_the_same_quads_give_the_same_bytes(release_dataset: Store, tmp_path: Path) -> None:
    paths = [tmp_path / "one.sqlite", tmp_path / "two.sqlite"]
    shuffled = Store()
    shuffled.extend(sorted(release_dataset, key=lambda quad: str(quad)[::-1]))
    build_index(release_dataset, paths[0])
    build_index(shuffled, paths[1])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"one.sqlite", "two.sqlite"}


def test_many_threads_find_the_same(release_index: Index) -> None:
    expected = release_index.find("missie japan")
    different: list[object] = []

    def search() -> None:
        for _ in range(20):
            answer = release_index.find("missie japan")
            if answer != expected:
                different.append(answer)

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert different == []


def test_a_search_that_takes_too_long_is_stopped(release_index: Index) -> None:
    with Index.open(release_index.path, time_limit_s=0) as impatient, pytest.raises(QueryTimeout):
        impatient.find("de", limit=MOST_HITS)


@pytest.mark.parametrize("content", [None, b"", b"no database" * 100])
def test_what_is_no_index_is_not_opened(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "search.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotFound, match="Build the release again"):
        Index.open(path)


@pytest.fixture(scope="module")
def passages(release_dataset: Store) -> list[tuple[str, Language, str]]:
    """Return the IRI of each passage with its paraphrases and their language."""
    quads = release_dataset.quads_for_pattern(None, NamedNode(PREFIXES["tg"] + "paraphrase"), None)
    found: list[tuple[str, Language, str]] = []
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, Literal)
        found.append((quad.subject.value, "nl" if quad.object.language == "nl" else "en", quad.object.value))
    return sorted(found)


@given(st.randoms(use_true_random=True))
def test_every_hit_shows_why_it_was_found(
    release_index: Index, passages: list[tuple[str, Language, str]], dice: Random
) -> None:
    _, _, text = dice.choice(passages)
    word = dice.choice(re.findall(r"\w[\w-]*\w", text))
    asked = dice.choice([word, word.upper(), f'"{word}"', f"{word[:3]}*", word.replace("-", "")])
    hits = release_index.find(asked, limit=30)
    assert hits
    assert [hit for hit in hits if not hit.snippet.spans] == []


@given(st.randoms(use_true_random=True))
def test_a_passage_is_found_by_any_of_its_words_together(
    release_index: Index, passages: list[tuple[str, Language, str]], dice: Random
) -> None:
    passage, language, text = dice.choice(passages)
    some = dice.choices([word.folded for word in words(text)], k=dice.randint(1, 5))
    hits = release_index.find(" ".join(some), language, ["Passage"], limit=MOST_HITS)
    assert passage in {hit.iri for hit in hits}
