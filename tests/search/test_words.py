"""Words, how they are folded, their stems, and the parts of Dutch compounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradegraph.search.compounds import Compounds
from tradegraph.search.words import LANGUAGES, Language, fold, stem, words


def test_a_word_knows_where_it_stands() -> None:
    assert [(word.folded, word.start, word.end) for word in words("De Côte d'Ivoire, 2025")] == [
        ("de", 0, 2),
        ("cote", 3, 7),
        ("d", 8, 9),
        ("ivoire", 10, 16),
        ("2025", 18, 22),
    ]


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("België", "belgie"),
        ("Belgie\u0308", "belgie"),
        ("CETA", "ceta"),
        ("MoU", "mou"),
        ("Ĳmuiden", "ijmuiden"),
        ("Straße", "strasse"),
        ("Tromsø", "tromso"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("2025", "2025"),
        ("km²", "km2"),
    ],
)
def test_capitals_and_diacritics_do_not_count(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("missie", "missies", "nl"),
        ("bedrijf", "bedrijven", "nl"),
        ("vraag", "vragen", "nl"),
        ("economisch", "economische", "nl"),
        ("mission", "missions", "en"),
        ("country", "countries", "en"),
        ("trade", "trading", "en"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str, language: Language) -> None:
    assert stem(one, language) == stem(other, language)


@given(st.text())
def test_every_word_is_where_it_says_and_folds_to_letters_and_digits(text: str) -> None:
    found = list(words(text))
    assert all(word.folded == fold(text[word.start : word.end]) for word in found)
    assert all(word.folded.isalnum() for word in found)
    assert [word.start for word in found] == sorted({word.start for word in found})


@given(st.text(st.characters(categories=["L", "M", "N"]), max_size=12))
def test_folding_a_folded_word_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12), st.sampled_from(LANGUAGES))
def test_a_word_never_loses_its_stem(text: str, language: Language) -> None:
    folded = fold(text)
    assert bool(stem(folded, language)) == bool(folded)


def test_a_compound_falls_apart_into_words_of_the_vocabulary() -> None:
    compounds = Compounds({"handel", "missie", "leider", "delegatie", "onderzoek", "vraag"})
    assert compounds.parts("handelsmissie") == ("handel", "missie")
    assert compounds.parts("handelsmissies") == ()  # "missies" is no word here
    assert compounds.parts("handelsmissieleider") == ("handelsmissie", "handel", "missie", "leider")
    assert compounds.parts("onderzoeksvraag") == ("onderzoek", "vraag")
    assert compounds.parts("missie") == ()


def test_a_preposition_in_front_makes_no_compound() -> None:
    assert Compounds({"onder", "handel"}).parts("onderhandel") == ()


def test_short_words_and_numbers_are_no_parts() -> None:
    assert Compounds({"land", "in", "2025", "over"}).parts("inland") == ()
    assert Compounds({"land", "2025"}).parts("2025land") == ()


def test_a_very_long_word_is_left_whole() -> None:
    assert Compounds({"land"}).parts("land" * 11) == ()
