"""The words of the pages of things."""

import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from tradegraph.languages import Words
from tradegraph.namespaces import shrink
from tradegraph.web.explorer import things as pages
from tradegraph.web.explorer.property_words import INVERSES, SHORTER
from tradegraph.web.words.things import WORDS

EXPLORER = Path(str(pages.__file__)).parent


def test_every_word_that_is_used_is_in_the_table_and_every_word_of_the_table_is_used() -> None:
    used = {
        key
        for path in EXPLORER.glob("*.py")
        for key in re.findall(r'say\(\s*\w+,\s*"(things_\w+)"', path.read_text(encoding="utf-8"))
    }
    for path in (EXPLORER.parent / "templates").glob("thing*.html"):
        used |= set(re.findall(r"\bt\.(things_\w+)", path.read_text(encoding="utf-8")))
    assert used == set(WORDS)


@pytest.mark.parametrize("key", WORDS)
def test_a_word_has_the_same_places_in_both_languages(key: str) -> None:
    nl, en = WORDS[key].nl, WORDS[key].en
    assert nl
    assert en
    for place in (r"\{\w+\}", r"\[\w+\]"):
        assert sorted(re.findall(place, nl)) == sorted(re.findall(place, en))


@pytest.mark.parametrize("table", [INVERSES, SHORTER])
def test_properties_are_named_in_both_languages(table: dict[str, Words]) -> None:
    assert all(words.nl and words.en for words in table.values())


def test_every_property_with_which_a_thing_points_to_another_is_named_from_its_other_end(
    release_dataset: Store,
) -> None:
    text = """PREFIX tg: <https://w3id.org/tradegraph/def#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?property WHERE { ?relation a tg:DerivedRelation ; rdf:predicate ?property ; rdf:object ?other
            FILTER (isIRI(?other)) }"""
    rows = release_dataset.query(text, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    properties = {shrink(row["property"].value) for row in rows}
    assert len(properties) > 30
    assert properties <= set(INVERSES)
