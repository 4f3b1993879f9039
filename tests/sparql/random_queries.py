"""Random queries of the shapes that rewriting is about, over random small data with named graphs."""

from collections import Counter
from collections.abc import Callable

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from tradegraph.sparql.statistics import Statistics

EX = "http://example.org/"
PREFIX = f"PREFIX : <{EX}>\n"
NAMES = ("a", "b", "p")
PREDICATES = ("p", "q", "r")
GRAPHS = ("g1", "g2")
VARIABLES = ("?x", "?y", "?z", "?w")
# As if there were much data, so that the rules that look at counts are used.
MANY = Statistics({}, {EX + name: 1_000 for name in PREDICATES})

nodes = st.sampled_from([NamedNode(EX + name) for name in NAMES])
values = st.one_of(nodes, st.sampled_from([Literal(1), Literal("1"), Literal(1.0)]))
quads = st.builds(
    Quad,
    nodes,
    st.sampled_from([NamedNode(EX + name) for name in PREDICATES]),
    values,
    st.sampled_from([NamedNode(EX + name) for name in GRAPHS]),
)
data = st.lists(quads, min_size=6, max_size=20)


class Writer:
    """Writes the elements of a group; a variable of BIND is new where it is written, and may be used after."""

    def __init__(self, draw: Callable[[st.SearchStrategy[str]], str], number: Callable[[int], int]) -> None:
        self.draw = draw
        self.number = number
        self.bound = 0
        self.blank = 0

    def one(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def variable(self) -> str:
        return self.one(*VARIABLES, *(["?n1"] if self.bound else []))

    def name(self) -> str:
        return self.one(":a", ":b", ":p", f"<{EX}b>")

    def triple(self) -> str:
        ends = [*VARIABLES, *VARIABLES, *(["?n1"] if self.bound else [])]
        predicate = self.one(*[":p", ":q", ":r"] * 3, "?x", ":p/:q", ":p+", ":q*", "^:r", ":p|:q", ":r?")
        return f"{self.one(*ends, ':a', '[]')} {predicate} {self.one(*ends, ':b', '1')}"

    def triples(self) -> str:
        written = [self.triple() for _ in range(self.number(1) + 1)]
        if self.number(7) == 0:
            self.blank += 1
            written += [f"_:b{self.blank} :p {self.variable()}", f"_:b{self.blank} :q {self.variable()}"]
        return " . ".join(written) + self.one("", " .")

    def condition(self, depth: int) -> str:
        kind = self.number(10)
        left, right = self.variable(), self.variable()
        if kind < 3:
            return f"({left} = {self.name()})"
        if kind == 3:
            return f"({left} IN ({self.name()}, :b))"
        if kind < 6:
            return f"({left} = {right})"
        if kind == 6:
            return f"({left} = {self.name()} && {right} != :c)"
        if kind == 7:
            return f"({left} = :a || {left} = :b)"
        if kind == 8:
            return f"{self.one('', 'NOT ')}EXISTS {self.group(depth + 1)}"
        if kind == 9:
            return f"NOT EXISTS {{ {self.triples()} {self.one('', f'FILTER({left} != {right})')} }}"
        return self.one(f"(!BOUND({left}))", f"(BOUND({left}))", f"(COALESCE({left}, :a) != {right})")

    def element(self, depth: int) -> str:
        kind = self.number(14)
        if kind < 4 or depth > 1:
            return self.triples()
        if kind < 7:
            return f"OPTIONAL {self.group(depth + 1)}"
        if kind == 7:
            return f"{self.group(depth + 1)} UNION {self.group(depth + 1)}"
        if kind == 8:
            return f"MINUS {self.group(depth + 1)}"
        if kind == 9 and not self.bound and depth == 0:
            self.bound = 1
            return f"BIND({self.one(*VARIABLES, 'STR(?x)')} AS ?n1)"
        if kind == 10:
            cells = " ".join(self.one(":a", ":b", "UNDEF", "1") for _ in range(2))
            return self.one(f"VALUES {self.variable()} {{ {cells} }}", f"VALUES (?x ?y) {{ ({cells}) (:a :b) }}")
        if kind == 11:
            return f"GRAPH {self.one('?g', ':g1', '?g')} {self.group(depth + 1)}"
        if kind == 12:
            return f"{{ SELECT {self.one('*', '?x', '?x ?y', 'DISTINCT ?y')} {self.group(depth + 1)} }}"
        return f"FILTER {self.condition(depth)}"

    def group(self, depth: int = 0) -> str:
        elements = [self.element(depth) for _ in range(self.number(1 if depth else 3) + 1)]
        if self.number(3):
            elements.insert(0, self.triples())
        return "{ " + self.spaced(elements) + " }"

    def spaced(self, elements: list[str]) -> str:
        """Part blocks of triples that stand next to each other, as the grammar demands."""
        text = ""
        for element in elements:
            starts_triples = not element.startswith(("{", "OPTIONAL", "MINUS", "BIND", "VALUES", "GRAPH", "FILTER"))
            text += " . " if starts_triples and text.rstrip() and text.rstrip()[-1] not in "})." else " "
            text += element
        return text

    def aimed(self) -> str:
        """Write a group of one of the shapes that rules look for, with something around it."""
        kind = self.number(4)
        before = [self.element(1)] if self.number(3) == 0 else []
        after = [self.element(1)] if self.number(1) else []
        if kind == 0:
            over = [f"{self.one('OPTIONAL', 'OPTIONAL', 'MINUS')} {self.group(2)}" for _ in range(self.number(1) + 1)]
            middle = [self.triples(), *over, self.element(1)]
        elif kind == 1:
            middle = [self.triples(), *after, f"FILTER ({self.variable()} IN ({self.name()}, {self.name()}))"]
        elif kind == 2:
            middle = [f"?x :p ?y . ?z {self.one(':q', ':r', '?w')} ?w", f"FILTER ({self.one('?y', '?w')} = ?z)"]
        elif kind == 3:
            within = f"{self.triples()} {self.one('', f'FILTER ({self.variable()} != {self.variable()})')}"
            middle = [self.triples(), f"FILTER NOT EXISTS {{ {within} }}"]
        else:
            parted = f"_:c :p {self.variable()} . FILTER {self.condition(2)} _:c :q {self.variable()}"
            middle = [self.triples(), f"OPTIONAL {self.group(2)}", parted]
        text = "{ " + self.spaced([*before, *middle, *after]) + " }"
        if self.number(3) == 0:
            return f"{{ {self.triples()} {self.one('OPTIONAL', 'MINUS', 'GRAPH ?g', '. {} UNION')} {text} }}"
        return text


@st.composite
def queries(draw: st.DrawFn) -> str:
    writer = Writer(draw, lambda most: draw(st.integers(0, most)))
    pattern = writer.aimed() if writer.number(2) else writer.group()
    return f"{PREFIX}SELECT * {pattern}"


def solutions(store: Store, text: str) -> Counter[tuple[str, ...]]:
    """Count the rows as the worker gets them: the default graph is the union of all."""
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    names = found.variables
    return Counter(tuple(f"{name}={row[name]}" for name in names) for row in found)
