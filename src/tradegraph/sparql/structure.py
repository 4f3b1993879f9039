"""The structure of a query's text: a tree of group graph patterns whose elements are slices of the text.

This is no parser: it reads what it must to know where each element of a group (SPARQL 1.1 Query Language, section
5.2) begins and ends, which variables it mentions and which it certainly binds. What it cannot read, and whatever might
be read in two ways, gives None, and then nothing is rewritten. The time is linear in the text.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from tradegraph.namespaces import DEF
from tradegraph.sparql.patterns import DEEPEST, Pattern, Patterns, Unreadable
from tradegraph.sparql.tokens import Token, tokens

Kind = Literal["triples", "optional", "union", "minus", "filter", "bind", "values", "graph", "select", "service"]
JOINED: Final = frozenset({"triples", "union", "values", "graph", "select"})
"""Elements that are joined with what precedes them (section 18.2.2.6), whatever stands around them."""

SEARCH: Final = DEF + "search"
"""The service that is the release's own text index."""

_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")


@dataclass(frozen=True)
class Element:
    """One element of a group: `text[start:end]`, terminals `first` up to `last`.

    `mentioned` holds every variable that is written anywhere in it, `certain` those that each of its solutions binds
    (for an OPTIONAL, MINUS, FILTER or BIND: none). `patterns` is filled for triples, `groups` holds what is nested,
    EXISTS included, and `name` is the graph or service as written, or the variable of a BIND. A union of one branch is
    a plain group.
    """

    kind: Kind
    start: int
    end: int
    first: int
    last: int
    mentioned: frozenset[str]
    certain: frozenset[str]
    patterns: tuple[Pattern, ...] = ()
    groups: "tuple[Group, ...]" = ()
    name: str = ""


@dataclass(frozen=True)
class Group:
    """A group graph pattern: `text[start:end]` with its braces. A sub-select is a group of one element."""

    start: int
    end: int
    elements: tuple[Element, ...]

    @property
    def certain(self) -> frozenset[str]:
        """Variables bound in every solution."""
        return certain(self.elements)

    @property
    def is_select(self) -> bool:
        """Whether this is a sub-select, whose clauses lie outside its group."""
        return len(self.elements) == 1 and self.elements[0].kind == "select"


@dataclass(frozen=True)
class Structure:
    """A query: its `form` in capitals, its terminals, its WHERE group (None only for DESCRIBE without one).

    `head` and `tail` are the terminals before and after that group; `prefixes` maps each declared prefix to its IRI.
    """

    text: str
    form: str
    seen: tuple[Token, ...]
    prefixes: dict[str, str]
    where: Group | None
    head: tuple[Token, ...]
    tail: tuple[Token, ...]

    @property
    def body(self) -> Group:
        """The WHERE group of a query that must have one; ValueError for one that has none."""
        if self.where is None:
            raise ValueError("this query has no WHERE")
        return self.where

    def expand(self, name: str) -> str | None:
        """Return the IRI that a terminal names, or None for a relative IRI or a prefix that is not declared."""
        if name == "a":
            return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        if name.startswith("<"):
            return name[1:-1] if _ABSOLUTE.match(name) else None
        prefix, colon, local = name.partition(":")
        namespace = self.prefixes.get(prefix)
        return None if not colon or namespace is None else namespace + local.replace("\\", "")


def certain_before(elements: tuple[Element, ...]) -> list[frozenset[str]]:
    """Return, for each element, the variables that a join of those before it certainly binds."""
    before = [frozenset[str]()]
    for element in elements:
        before.append(before[-1] | element.certain if element.certain - before[-1] else before[-1])
    return before


def certain(elements: tuple[Element, ...]) -> frozenset[str]:
    """Return the variables that a join of these elements certainly binds."""
    return frozenset[str]().union(*(element.certain for element in elements))


def read_structure(text: str) -> Structure | None:
    """Read the structure of `text`, or return None for what this reader does not know."""
    # Escapes may stand for any character anywhere in a query (section 19.2), so that terminals would mislead.
    if "\\u" in text or "\\U" in text:
        return None
    try:
        return _Reader(text).query()
    except Unreadable:
        return None


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.seen = list(tokens(text))
        self.on = Patterns(self.seen)
        self.prefixes: dict[str, str] = {}
        self.depth = 0

    def query(self) -> Structure:
        on = self.on
        while on.word() in ("BASE", "PREFIX"):
            if on.take().text.upper() == "PREFIX":
                name = on.take().text
                if on.kind() == "iri":
                    self.prefixes[name.removesuffix(":")] = on.peek()[1:-1]
            if on.kind() != "iri":
                raise Unreadable
            on.take()
        form = on.take("SELECT", "ASK", "CONSTRUCT", "DESCRIBE").text.upper()
        if form == "CONSTRUCT":
            # The short form, without a template, uses its pattern twice; it is left alone.
            if on.peek() != "{":
                raise Unreadable
            self._skip()
        self._skip_to("{", "")
        head = on.at
        where = self.group() if on.peek() == "{" else None
        if where is None and form != "DESCRIBE":
            raise Unreadable
        tail = on.at
        while on.at < len(self.seen):
            self._skip()
        return Structure(
            self.text, form, tuple(self.seen), self.prefixes, where, tuple(self.seen[:head]), tuple(self.seen[tail:])
        )

    def group(self) -> Group:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable
        start = self.on.take("{").start
        elements: list[Element] = []
        if self.on.word() == "SELECT":
            elements.append(self._select())
        while self.on.peek() != "}":
            if self.on.peek() == "." and elements:
                self.on.take()
                continue
            elements.append(self._element())
        end = self.on.take("}").start + 1
        self.depth -= 1
        return Group(start, end, tuple(elements))

    def _element(self) -> Element:
        on, first = self.on, self.on.at
        word = on.word()
        if word in ("OPTIONAL", "MINUS"):
            on.take()
            inner = self.group()
            return self._made("optional" if word == "OPTIONAL" else "minus", first, groups=(inner,))
        if word in ("GRAPH", "SERVICE"):
            return self._named("graph" if word == "GRAPH" else "service", first)
        if word == "FILTER":
            return self._filter(first)
        if word == "BIND":
            on.take()
            groups = self._expression()
            return self._made("bind", first, groups=groups, name=_name(self.seen[on.at - 2]))
        if word == "VALUES":
            return self._values(first)
        if on.peek() == "{":
            branches = [self.group()]
            while on.word() == "UNION":
                on.take()
                branches.append(self.group())
            sure = frozenset[str].intersection(*(branch.certain for branch in branches))
            return self._made("union", first, sure, groups=tuple(branches))
        patterns = on.block()
        return self._made("triples", first, self._mentioned(first), patterns=patterns)

    def _named(self, kind: Literal["graph", "service"], first: int) -> Element:
        on = self.on
        on.take()
        silent = on.word() == "SILENT"
        if silent:
            on.take()
        if on.kind() not in ("iri", "pname", "variable"):
            raise Unreadable
        name = on.take().text
        inner = self.group()
        sure = inner.certain | ({name[1:]} if name[0] in "?$" else frozenset())
        if kind == "service" and (silent or self._iri(name) != SEARCH):
            sure = frozenset()
        return self._made(kind, first, sure, groups=(inner,), name=name)

    def _filter(self, first: int) -> Element:
        on = self.on
        on.take()
        groups: tuple[Group, ...] = ()
        if on.word() in ("NOT", "EXISTS"):
            if on.take().text.upper() == "NOT":
                on.take("EXISTS")
            groups = (self.group(),)
        else:
            if on.kind() in ("word", "iri", "pname"):
                on.take()
            groups = self._expression()
        return self._made("filter", first, groups=groups)

    def _expression(self) -> tuple[Group, ...]:
        """Step over a bracketed expression; return the groups of its EXISTS."""
        on = self.on
        on.take("(")
        groups: list[Group] = []
        open_brackets = 1
        while open_brackets:
            kind, text = on.kind(), on.peek()
            if text == "{":
                groups.append(self.group())
                continue
            # What the terminals show as an IRI may be two comparisons: ?a<?b&&?c>?d.
            if kind == "iri" and self.seen[on.at - 1].kind not in ("open", "operator", "other"):
                raise Unreadable
            on.take()
            open_brackets += {"(": 1, ")": -1}.get(text, 0) if kind in ("open", "close") else 0
        return tuple(groups)

    def _values(self, first: int) -> Element:
        on = self.on
        on.take()
        names: list[str] = []
        if on.kind() == "variable":
            names.append(on.take().text[1:])
        else:
            on.take("(")
            while on.kind() == "variable":
                names.append(on.take().text[1:])
            on.take(")")
        if on.peek() != "{":
            raise Unreadable
        start = on.at
        self._skip()
        has_gaps = any(token.kind == "word" and token.text.upper() == "UNDEF" for token in self.seen[start : on.at])
        return self._made("values", first, frozenset() if has_gaps else frozenset(names))

    def _select(self) -> Element:
        """Read a sub-select; certain are the plain variables of its SELECT that its group certainly binds."""
        on, first = self.on, self.on.at
        on.take()
        names: set[str] = set()
        everything = False
        while on.peek() != "{":
            if on.kind() == "variable":
                names.add(on.peek()[1:])
            everything = everything or on.peek() == "*"
            if on.word() in ("FROM", "") and on.kind() not in ("variable", "open", "operator"):
                raise Unreadable
            self._skip()
        inner = self.group()
        while on.peek() != "}":
            if on.at >= len(self.seen):
                raise Unreadable
            self._skip()
        return self._made("select", first, inner.certain if everything else inner.certain & names, groups=(inner,))

    def _iri(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return name[1:-1] if name.startswith("<") else self.prefixes.get(prefix, "") + local

    def _skip(self) -> None:
        """Step over one terminal, or a whole bracketed part."""
        depth = 0
        while True:
            token = self.on.take()
            if token.kind == "open":
                depth += 1
            elif token.kind == "close":
                depth -= 1
            if depth < 0:
                raise Unreadable
            if depth == 0:
                return

    def _skip_to(self, *wanted: str) -> None:
        while self.on.peek() not in wanted:
            self._skip()

    def _mentioned(self, first: int) -> frozenset[str]:
        return frozenset(token.text[1:] for token in self.seen[first : self.on.at] if token.kind == "variable")

    def _made(
        self,
        kind: Kind,
        first: int,
        sure: frozenset[str] = frozenset(),
        patterns: tuple[Pattern, ...] = (),
        groups: tuple[Group, ...] = (),
        name: str = "",
    ) -> Element:
        last = self.on.at
        begin, stop = self.seen[first], self.seen[last - 1]
        return Element(
            kind,
            begin.start,
            stop.start + len(stop.text),
            first,
            last,
            self._mentioned(first),
            sure,
            patterns,
            groups,
            name,
        )


def _name(token: Token) -> str:
    return token.text[1:] if token.kind == "variable" else ""
