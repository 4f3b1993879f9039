"""Search inside SPARQL: a block becomes a table of its answers, wherever it stands, and nothing else changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, RdfFormat, Store
from rdflib.plugins.sparql.parser import parseQuery

from tradegraph.errors import QueryError, QueryRefused, QuerySyntaxError
from tradegraph.namespaces import DEF
from tradegraph.search import Hit, Language, Snippet, resolve
from tradegraph.search.blocks import MOST_ANSWERS
from tradegraph.search.inside import MOST_BLOCKS
from tradegraph.sparql.scan import Bounds, scan

TG = f"PREFIX tg: <{DEF}>\n"
HITS = (
    Hit("https://e.org/one", "Mission", "one", "nl", 3.5, Snippet('Een "wind"\\molen', ((5, 9),))),
    Hit("https://e.org/two", "Mission", "two", "en", 1.25, Snippet("a\tb\nc", ())),
)
DATA = "<https://e.org/one> <https://e.org/p> 1 . <https://e.org/three> <https://e.org/p> 3 ."


@dataclass
class Answers:
    """An index that always finds the same, and remembers what it was asked."""

    hits: tuple[Hit, ...] = HITS
    asked: list[tuple[str, Language | None, tuple[str, ...], int]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=lambda: {"Mission": DEF + "Mission", "Visit": DEF + "Visit"})

    def find(
        self, text: str, language: Language | None = None, kinds: Collection[str] = (), limit: int = 20
    ) -> Sequence[Hit]:
        self.asked.append((text, language, tuple(kinds), limit))
        return self.hits


def solutions(text: str) -> list[tuple[str | None, ...]]:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TURTLE)
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(None if value is None else str(value) for value in row) for row in found]


def test_a_query_without_service_is_left_as_it_is() -> None:
    text = "SELECT * { ?s ?p ?o }"
    assert resolve(text, Answers()) is text


def test_a_block_becomes_the_things_scores_and_snippets() -> None:
    text = TG + 'SELECT ?t ?s ?x { SERVICE tg:search { ?t tg:query "wind" ; tg:score ?s ; tg:snippet ?x . } }'
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    assert solutions(resolve(text, Answers())) == [
        ("<https://e.org/one>", f'"3.5"{decimal}', '"Een \\"wind\\"\\\\molen"@nl'),
        ("<https://e.org/two>", f'"1.25"{decimal}', '"a\\tb\\nc"@en'),
    ]


def test_answers_join_with_the_data() -> None:
    text = TG + 'SELECT ?t ?o { SERVICE tg:search { ?t tg:query "wind" } ?t <https://e.org/p> ?o }'
    assert [row[0] for row in solutions(resolve(text, Answers()))] == ["<https://e.org/one>"]


def test_no_hits_are_no_solutions() -> None:
    text = TG + 'SELECT * { SERVICE tg:search { ?t tg:query "wind" ; tg:score ?s } }'
    assert solutions(resolve(text, Answers(hits=()))) == []


def test_everything_asked_is_passed_on() -> None:
    index = Answers()
    block = '?t tg:query "a b" ; tg:language "nl" ; tg:kind tg:Mission , tg:Visit ; tg:limit 7 .'
    resolve(f"{TG}SELECT * {{ SERVICE tg:search {{ {block} }} }}", index)
    assert index.asked == [("a b", "nl", ("Mission", "Visit"), 7)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'it''", None),
        ("'wind'", "wind"),
        (r"'it\'s'", "it's"),
        ('"""two\nlines "quoted" """', 'two\nlines "quoted" '),
        ("'''a'b'''", "a'b"),
        (r'"Belgi\u00EB \U0001F600 \\u0041 \t"', "België \U0001f600 \\u0041 \t"),
        ('""', ""),
    ],
)
def test_the_words_may_be_written_as_any_text_of_sparql(written: str, meant: str | None) -> None:
    index = Answers()
    text = TG + f"SELECT * {{ SERVICE tg:search {{ ?t tg:query {written} }} }}"
    if meant is None:
        with pytest.raises(QuerySyntaxError):
            resolve(text, index)
    else:
        resolve(text, index)
        assert [asked[0] for asked in index.asked] == [meant]


@pytest.mark.parametrize(
    "block",
    [
        f'SERVICE <{DEF}search> {{ ?t <{DEF}query> "wind" }}',
        'service silent tg:search{?t tg:query"wind"}',
        'SERVICE tg:search { $t tg:query "wind" . $t tg:limit 5 . }',
        'SERVICE tg:search { ?t tg:query "wind" ; ; . }',
        'SERVICE tg:search { ?t tg:limit 5. ?t tg:query "wind". # } not here\n }',
        'SERVICE tg:search\n{\n?t\n tg:query "wind"\n}',
    ],
)
def test_a_block_may_be_written_in_any_way_of_sparql(block: str) -> None:
    text = TG + f"SELECT ?t {{ {block} }}"
    assert len(solutions(resolve(text, Answers()))) == 2


PLACES = [
    "SELECT * {{ {} }}",
    "SELECT * {{ OPTIONAL {{ {} }} }}",
    "SELECT * {{ {{ {} }} UNION {{ {} }} }}",
    "SELECT * {{ {{ SELECT ?t {{ {} }} LIMIT 1 }} ?t ?p ?o }}",
    "SELECT * {{ GRAPH ?g {{ {} ?t ?p ?o }} }}",
    "SELECT * {{ ?t ?p ?o {} . FILTER NOT EXISTS {{ {} ?t ?p 1 }} }}",
    "SELECT * {{ ?t ?p ?o MINUS {{ {} }} }}",
    "ASK {{ {} }}",
    "CONSTRUCT {{ ?t ?p ?o }} WHERE {{ {} ?t ?p ?o }}",
    "DESCRIBE ?t WHERE {{ {} }}",
    "SELECT * {{ ?x ?p 'SERVICE tg:search {{ }}' . # SERVICE tg:search {{\n {} }}",
]
SPACE = st.sampled_from([" ", "\n", "\t", " # a comment { ' \"\n"])


@st.composite
def written_blocks(draw: st.DrawFn) -> str:
    pairs = ['tg:query "wind"']
    optional = ["tg:score ?s", "tg:snippet ?x", 'tg:language "nl"', "tg:kind tg:Mission", "tg:limit 9"]
    pairs += draw(st.lists(st.sampled_from(optional), unique=True))
    pairs = draw(st.permutations(pairs))
    between = draw(st.sampled_from([" ; ", " . ?t ", ";\n", " .\n?t "]))
    end = draw(st.sampled_from(["", " .", " ;", " ; ."]))
    spaces = [draw(SPACE) for _ in range(4)]
    return f"SERVICE{spaces[0]}tg:search{spaces[1]}{{{spaces[2]}?t {between.join(pairs)}{end}{spaces[3]}}}"


@given(st.sampled_from(PLACES), written_blocks(), st.sampled_from([HITS, HITS[:1], ()]))
def test_what_comes_out_is_sparql_wherever_the_block_stood(place: str, block: str, hits: tuple[Hit, ...]) -> None:
    text = TG + place.format(*[block] * place.count("{} "), *[block] * 2)
    index = Answers(hits)
    resolved = resolve(text, index)
    parseQuery(resolved)
    Store().query(resolved)
    assert resolved.count("\n") == text.count("\n")
    assert len(index.asked) == resolved.count("VALUES") == place.count("{}")


@given(written_blocks())
def test_what_follows_a_block_of_several_lines_keeps_its_place(block: str) -> None:
    text = TG + f"SELECT * {{ {block} ?marker ?p ?o }}"
    resolved = resolve(text, Answers())
    line = text[: text.index("?marker")].count("\n")
    assert "?marker" in resolved.split("\n")[line]
    if "\n" in block:
        assert resolved.split("\n")[line].index("?marker") == text.split("\n")[line].index("?marker")


@given(st.text(max_size=60), st.booleans())
def test_soup_raises_nothing_but_our_errors(soup: str, inside: bool) -> None:
    text = f"SELECT * {{ SERVICE tg:search {{ {soup}" if inside else f"SERVICE {soup}"
    try:
        resolved = resolve(TG + text, Answers())
    except QueryError as error:
        line = error.line
        assert line is not None
    else:
        assert resolved.count("\n") == (TG + text).count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE tg:search { }' }",
        "SELECT * { ?s ?p ?o } # SERVICE tg:search { }",
        'SELECT * { ?s ?p """SERVICE tg:search { ?t tg:query "x" }""" }',
        "SELECT * { ?service ?p ?o }",
    ],
)
def test_texts_and_comments_are_left_alone(text: str) -> None:
    assert resolve(TG + text, Answers()) == TG + text


def test_another_service_stays_and_is_refused_as_before() -> None:
    text = TG + 'SELECT * { SERVICE <https://e.org/sparql> { ?t tg:query "x" } }'
    assert resolve(text, Answers()) == text
    with pytest.raises(QueryRefused, match="SERVICE"):
        scan(resolve(text, Answers()), Bounds(100, 100, 10))


def test_a_prefix_declared_elsewhere_counts() -> None:
    text = 'SELECT * { SERVICE tg:search { ?t tg:query "x" } }'
    with pytest.raises(QuerySyntaxError, match="Prefix `tg:` is not declared"):
        resolve(text, Answers())
    assert "VALUES" in resolve(text, Answers(), {"tg": DEF})


@pytest.mark.parametrize(
    ("block", "what"),
    [
        # The mark is put before the place that the message names; without one, that is the word SERVICE.
        ("?t tg:query ▸?words", "done before the query is"),
        ("?t tg:score ?s", "no tg:query"),
        ("", "no tg:query"),
        ('?t tg:query "x" ; ▸tg:words "y"', "says nothing about a search"),
        ('?t tg:query "x" ; ▸a tg:Mission', "says nothing about a search"),
        ('?t tg:query "x" . ▸?u tg:score ?s', "?t and ?u are two"),
        ('▸<https://e.org/x> tg:query "x"', "a variable"),
        ('?t tg:query "x" ; ▸tg:query "y"', "more than once"),
        ('?t tg:query "x" ▸, "y"', "comes ; or ."),
        ('?t tg:query "x"▸@nl', "has a language"),
        ('?t tg:query "x"▸^^tg:y', "has a datatype"),
        ('?t tg:query "x" ; tg:score ▸1', "needs a variable"),
        ('?t tg:query "x" ; tg:limit ▸0', "cannot be the limit"),
        (f'?t tg:query "x" ; tg:limit ▸{MOST_ANSWERS + 1}', "cannot be the limit"),
        ('?t tg:query "x" ; tg:limit ▸-1', "cannot be the limit"),
        ('?t tg:query "x" ; tg:limit ▸1.5', "cannot be the limit"),
        ('?t tg:query "x" ; tg:language ▸"fr"', "nothing in language"),
        ('?t tg:query "x" ; tg:kind ▸tg:Nothing', "is of class"),
        ('?t tg:query "x" ; tg:kind ▸"Mission"', "is not a class"),
        ('?t tg:query "x" ; tg:score ?t', "two different things"),
        ('?t tg:query "x" . ▸FILTER(?t)', "a variable"),
        ('▸{ ?t tg:query "x" }', "a variable"),
        ('?t tg:query ▸"\\q"', "has no meaning"),
        ('?t tg:query ▸"\\uD800"', "is no character"),
        ('?t ▸un:query "x"', "Prefix `un:`"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_remedy(block: str, what: str) -> None:
    line = f"SELECT * {{ SERVICE tg:search {{ {block} }} }}"
    place = line.index("▸" if "▸" in line else "SERVICE") + 1
    with pytest.raises((QuerySyntaxError, QueryRefused)) as caught:
        resolve(TG + line.replace("▸", ""), Answers())
    assert what in caught.value.detail
    assert (caught.value.line, caught.value.column) == (2, place)
    assert caught.value.remedy


@pytest.mark.parametrize("end", ["SERVICE tg:search", "SERVICE tg:search {", 'SERVICE tg:search { ?t tg:query "x"'])
def test_a_block_that_is_not_finished_is_told(end: str) -> None:
    with pytest.raises(QuerySyntaxError, match="not finished"):
        resolve(TG + "SELECT * { " + end, Answers())


def test_what_cannot_be_searched_for_is_told_where_the_words_stand() -> None:
    class Refuses(Answers):
        def find(
            self, text: str, language: Language | None = None, kinds: Collection[str] = (), limit: int = 20
        ) -> Sequence[Hit]:
            raise QueryRefused("There is no word to search for.", "Give one.")

    with pytest.raises(QueryRefused) as caught:
        resolve(TG + 'SELECT * {\n SERVICE tg:search {\n  ?t tg:query "?!" } }', Refuses())
    assert (caught.value.line, caught.value.column) == (4, 15)


def test_a_query_may_search_several_times_but_not_without_end() -> None:
    block = 'SERVICE tg:search { ?t tg:query "x" } '
    assert resolve(TG + f"SELECT * {{ {block * MOST_BLOCKS} }}", Answers()).count("VALUES") == MOST_BLOCKS
    with pytest.raises(QueryRefused, match="more than"):
        resolve(TG + f"SELECT * {{ {block * (MOST_BLOCKS + 1)} }}", Answers())
