"""The canonical form of an answer, and the digest that frozen answers are checked with."""

import hashlib
import json
import random

from hypothesis import given
from hypothesis import strategies as st

from tradegraph.explore.canonical import difference, from_results, from_triples

Term = dict[str, str]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TERMS = st.one_of(
    st.builds(lambda text: {"type": "literal", "value": text}, TEXTS),
    st.builds(lambda text: {"type": "literal", "value": text, "xml:lang": "nl"}, TEXTS),
    st.builds(lambda key: {"type": "uri", "value": f"https://example.org/{key}"}, st.integers(0, 99)),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["a", "b"]), TERMS), max_size=6)


def written(rows: list[dict[str, Term]]) -> bytes:
    return json.dumps({"head": {"vars": ["a", "b"]}, "results": {"bindings": rows}}).encode()


def test_terms_are_written_as_n_triples_with_a_tab_between_them() -> None:
    row = {
        "a": {"type": "uri", "value": "https://example.org/x"},
        "b": {"type": "literal", "value": "é\t", "xml:lang": "nl"},
    }
    found = from_results(written([row, {}]))
    assert found.text == '?a\t?b\n\t\n<https://example.org/x>\t"é\\t"@nl\n'
    assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Term]], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert from_results(written(shuffled)) == from_results(written(rows))


@given(ROWS, ROWS)
def test_other_rows_have_another_digest(some: list[dict[str, Term]], others: list[dict[str, Term]]) -> None:
    one, other = from_results(written(some)), from_results(written(others))
    assert (one.sha256 == other.sha256) == (one.lines == other.lines)


@given(ROWS)
def test_each_row_is_one_line_whatever_its_texts_hold(rows: list[dict[str, Term]]) -> None:
    assert from_results(written(rows)).text.count("\n") == 1 + len(rows)


def test_a_row_that_is_there_twice_counts_twice() -> None:
    row = {"a": {"type": "literal", "value": "x"}}
    assert from_results(written([row, row])).sha256 != from_results(written([row])).sha256


def test_yes_and_no_are_words() -> None:
    assert from_results(b'{"head": {}, "boolean": true}').text == "true\n"
    assert from_results(b'{"head": {}, "boolean": false}').text == "false\n"


def test_labels_of_blank_nodes_are_left_out_but_not_texts_that_look_like_them() -> None:
    one = from_results(written([{"a": {"type": "bnode", "value": "b1"}, "b": {"type": "literal", "value": "_:b1"}}]))
    assert one.lines == ('_:\t"_:b1"',)


def test_triples_count_once_and_are_sorted() -> None:
    one, two = "<http://a/1> <http://p> <http://o> .\n", "<http://a/2> <http://p> <http://o> .\n"
    assert from_triples((two + one + two).encode()).text == one + two


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_taking_away_and_adding_turns_the_one_answer_into_the_other(before: list[str], after: list[str]) -> None:
    found = difference(before, after)
    turned = list(before)
    for line in found.removed:
        turned.remove(line)
    assert sorted([*turned, *found.added]) == sorted(after)
    assert not set(found.added) & set(found.removed)
