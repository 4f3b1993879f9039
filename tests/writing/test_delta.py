"""A delta: exact quads that went and came."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradegraph.writing.delta import Delta, graph_of
from writing.conftest import GRAPHS, line, lines

_IRIS = st.sampled_from([ox.NamedNode(f"https://example.org/{name}") for name in ("a", "b#c", "d/é", "urn:x")])
_LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(ox.Literal),
    st.text(' <>"\\.\n_:', max_size=12).map(ox.Literal),
    st.text(' <>"\\.\n_:', max_size=12).map(lambda text: ox.Literal(text, language="en")),
    st.text(' <>"\\.\n_:', max_size=12).map(
        lambda text: ox.Literal(text, datatype=ox.NamedNode("https://example.org/type"))
    ),
)
_TRIPLES = st.builds(ox.Triple, _IRIS, _IRIS, st.one_of(_IRIS, _LITERALS))
_QUADS = st.builds(
    ox.Quad, _IRIS, _IRIS, st.one_of(_IRIS, _LITERALS, _TRIPLES), st.one_of(_IRIS, st.just(ox.DefaultGraph()))
)


def written(quad: ox.Quad) -> bytes:
    return ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b""


@given(_QUADS)
def test_the_graph_of_a_line_is_the_graph_of_its_quad(quad: ox.Quad) -> None:
    graph = quad.graph_name
    assert graph_of(written(quad)) == (graph.value if isinstance(graph, ox.NamedNode) else "")


@given(st.sets(_QUADS, max_size=4))
def test_any_quads_make_a_delta(quads: set[ox.Quad]) -> None:
    made = Delta((), tuple(sorted(map(written, quads))))
    assert made.inverse() == Delta(made.added, ())
    assert sum(added for _graph, _removed, added in made.counts) == len(quads)


def test_a_delta_says_which_graphs_it_touches_and_how_much() -> None:
    made = Delta((line("x", GRAPHS[1]),), tuple(sorted([*lines("x", "y"), line("z", "")])))
    assert made.counts == (("", 0, 1), (GRAPHS[0], 0, 2), (GRAPHS[1], 1, 0))
    assert made.graphs == ("", GRAPHS[0], GRAPHS[1])


def test_the_inverse_of_the_inverse_is_the_delta() -> None:
    made = Delta(lines("x"), lines("y"))
    assert made.inverse().inverse() == made


@pytest.mark.parametrize(
    ("removed", "added", "why"),
    [
        ((), (line("y"), line("x")), "not sorted"),
        ((), (line("x"), line("x")), "twice"),
        (lines("x"), lines("x"), "both removed and added"),
        ((), (b"<https://example.org/x>\n",), "not one line"),
        ((), (line("x") + line("y"),), "not one line"),
        ((), (b"<https://example.org/x> <https://example.org/says> _:b _:g .\n",), "without an IRI"),
    ],
)
def test_what_is_not_exact_is_no_delta(removed: tuple[bytes, ...], added: tuple[bytes, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Delta(removed, added)


def test_blank_nodes_stay_what_they_are() -> None:
    node = ox.NamedNode("https://example.org/x")
    quad = ox.Quad(ox.BlankNode("s"), node, ox.Triple(ox.BlankNode("t"), node, ox.BlankNode("o")), ox.DefaultGraph())
    default = b"<https://example.org/x> <https://example.org/says> _:b .\n"
    assert Delta((), tuple(sorted((written(quad), default)))).graphs == ("",)


def test_text_that_looks_like_a_blank_node_is_text() -> None:
    quad = b'<https://example.org/x> <https://example.org/says> " _:b " <https://example.org/a> .\n'
    assert Delta((), (quad,)).graphs == ("https://example.org/a",)
