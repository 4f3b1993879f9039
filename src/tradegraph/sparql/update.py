"""An update request (SPARQL 1.1 Update, section 3) as the operations it is made of.

This is no parser: the engine has read the text before. What is cut here are the parts that have to be evaluated one by
one: templates, clauses and patterns stay the text that they were. The time is linear in the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tradegraph.errors import QueryRefused, QuerySyntaxError
from tradegraph.sparql.tokens import Token, position, tokens

Kind = Literal["insert data", "delete data", "modify", "load", "clear", "drop", "create", "add", "move", "copy"]
_GRAPHS: Final[Mapping[str, Kind]] = {
    "LOAD": "load",
    "CLEAR": "clear",
    "DROP": "drop",
    "CREATE": "create",
    "ADD": "add",
    "MOVE": "move",
    "COPY": "copy",
}
_NAMES: Final = frozenset({"iri", "pname"})


@dataclass(frozen=True)
class Operation:
    """One operation; all texts are as written.

    `prologue` holds every declaration before it. For data and `modify`, `delete` and `insert` are what stands between
    the braces of the templates (None where there is none), `with_graph` and `using` the clauses with their words,
    `where` the pattern with its braces. For the others, `source` and `target` are graphs as written, or DEFAULT, NAMED
    or ALL; `source` of LOAD is what to read. `start` is where the operation begins.
    """

    kind: Kind
    prologue: str
    start: int
    delete: str | None = None
    insert: str | None = None
    with_graph: str = ""
    using: str = ""
    where: str = ""
    silent: bool = False
    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a template: triples for one `graph` (a name or variable as written; empty for none), without braces."""

    graph: str
    triples: str


def read_update(text: str) -> tuple[Operation, ...]:
    """Cut an update request that the engine can read into its operations, in order; empty when there is none.

    Raises QuerySyntaxError or QueryRefused, with the place, for what cannot be cut.
    """
    return _Cutter(text).operations()


def loads(text: str) -> Iterator[Operation]:
    """Yield the LOADs of a text, as `read_update` cuts them; all else is passed over.

    The text may be anything, since nobody has read it. Raises QueryRefused for a LOAD that cannot be cut.
    """
    yield from _Cutter(text).loads()


def first_operation(text: str) -> int:
    """Return where the first operation begins, after what is declared before it."""
    return _Cutter(text).start()


def parts_of(template: str) -> tuple[Part, ...]:
    """Cut a template (what stands between its braces) into triples per graph, in order."""
    seen = list(tokens(template))
    found: list[Part] = []
    begun, at = 0, 0
    while at < len(seen):
        if not (seen[at].kind == "word" and seen[at].text.upper() == "GRAPH"):
            at += 1
            continue
        found.append(Part("", template[begun : seen[at].start]))
        opening = at + 2
        closing = _closing(template, seen, opening)
        inside = template[seen[opening].start + 1 : seen[closing].start]
        found.append(Part(seen[at + 1].text, inside))
        begun = seen[closing].start + 1
        at = closing + 1
    found.append(Part("", template[begun:]))
    return tuple(part for part in found if any(token.text != "." for token in tokens(part.triples)))


def _closing(text: str, seen: Sequence[Token], opening: int) -> int:
    """Return the index of the bracket that closes the one at `opening`."""
    depth = 0
    for at in range(opening, len(seen)):
        if seen[at].kind == "open":
            depth += 1
        elif seen[at].kind == "close":
            depth -= 1
            if depth == 0:
                return at
    where = seen[opening].start if opening < len(seen) else len(text)
    raise QuerySyntaxError("This bracket is never closed.", "Close it.", *position(text, where))


class _Cutter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.seen = list(tokens(text))
        self.at = 0
        self.prologue = ""

    def start(self) -> int:
        self._read_prologue()
        return self.seen[self.at].start if self.at < len(self.seen) else len(self.text)

    def operations(self) -> tuple[Operation, ...]:
        found: list[Operation] = []
        while True:
            self._read_prologue()
            if self.at >= len(self.seen):
                return tuple(found)
            found.append(self._operation())
            if self.at < len(self.seen) and self._take(";") is None:
                raise self._unexpected()

    def loads(self) -> Iterator[Operation]:
        while True:
            self._read_prologue()
            if self.at >= len(self.seen):
                return
            if self._word() == "LOAD":
                yield self._operation()
            self._pass_over()

    def _pass_over(self) -> None:
        """Go to behind the end of the operation."""
        depth = 0
        while self.at < len(self.seen):
            token = self.seen[self.at]
            self.at += 1
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            if depth == 0 and token.text == ";":
                return

    def _read_prologue(self) -> None:
        declared = [self.prologue]
        while self._word() in ("PREFIX", "BASE"):
            # BASE <iri>, PREFIX name: <iri>
            length = 2 if self._word() == "BASE" else 3
            declared.append(self._text(self.at, self.at + length) + "\n")
            self.at += length
        self.prologue = "".join(declared)

    def _operation(self) -> Operation:
        start = self.seen[self.at].start
        word = self._word()
        if word in _GRAPHS:
            return self._graphs(word, start)
        with_graph = ""
        if word == "WITH":
            with_graph = self._text(self.at, self.at + 2)
            self.at += 2
        first = self._word()
        if first not in ("INSERT", "DELETE"):
            raise self._unexpected()
        self.at += 1
        if self._word() == "DATA":
            self.at += 1
            inside = self._braced()
            if first == "INSERT":
                return Operation("insert data", self.prologue, start, insert=inside)
            return Operation("delete data", self.prologue, start, delete=inside)
        if self._word() == "WHERE":
            self.at += 1
            inside = self._braced()
            return Operation(
                "modify", self.prologue, start, delete=inside, with_graph=with_graph, where=f"{{{inside}}}"
            )
        templates = {first: self._braced()}
        if first == "DELETE" and self._word() == "INSERT":
            self.at += 1
            templates["INSERT"] = self._braced()
        using_from = self.at
        while self._word() == "USING":
            self.at += 1
            if self._word() == "NAMED":
                self.at += 1
            self.at += 1
        using = self._text(using_from, self.at)
        if self._word() == "WHERE":
            self.at += 1
        return Operation(
            "modify",
            self.prologue,
            start,
            delete=templates.get("DELETE"),
            insert=templates.get("INSERT"),
            with_graph=with_graph,
            using=using,
            where=f"{{{self._braced()}}}",
        )

    def _graphs(self, word: str, start: int) -> Operation:
        self.at += 1
        silent = self._word() == "SILENT"
        if silent:
            self.at += 1
        kind = _GRAPHS[word]
        if word == "LOAD":
            source = self._name()
            target = "DEFAULT"
            if self._word() == "INTO":
                self.at += 1
                target = self._graph()
            return Operation(kind, self.prologue, start, silent=silent, source=source, target=target)
        if word in ("CLEAR", "DROP", "CREATE"):
            return Operation(kind, self.prologue, start, silent=silent, target=self._graph())
        source = self._graph()
        if self._word() != "TO":
            raise self._unexpected()
        self.at += 1
        return Operation(kind, self.prologue, start, silent=silent, source=source, target=self._graph())

    def _graph(self) -> str:
        """Read DEFAULT, NAMED, ALL, or a name with or without the word GRAPH."""
        word = self._word()
        if word in ("DEFAULT", "NAMED", "ALL"):
            self.at += 1
            return word
        if word == "GRAPH":
            self.at += 1
        return self._name()

    def _name(self) -> str:
        if self.at >= len(self.seen) or self.seen[self.at].kind not in _NAMES:
            raise self._unexpected()
        self.at += 1
        return self.seen[self.at - 1].text

    def _braced(self) -> str:
        """Read a block in braces and return what stands between them."""
        if self.at >= len(self.seen) or self.seen[self.at].text != "{":
            raise self._unexpected()
        closing = _closing(self.text, self.seen, self.at)
        inside = self.text[self.seen[self.at].start + 1 : self.seen[closing].start]
        self.at = closing + 1
        return inside

    def _take(self, text: str) -> Token | None:
        if self.at < len(self.seen) and self.seen[self.at].text == text:
            self.at += 1
            return self.seen[self.at - 1]
        return None

    def _word(self) -> str:
        if self.at < len(self.seen) and self.seen[self.at].kind == "word":
            return self.seen[self.at].text.upper()
        return ""

    def _text(self, first: int, last: int) -> str:
        """Return the text of the terminals from `first` up to `last`, comments left out."""
        return " ".join(token.text for token in self.seen[first:last])

    def _unexpected(self) -> QueryRefused:
        start = self.seen[self.at].start if self.at < len(self.seen) else len(self.text)
        return QueryRefused(
            "The operation cannot be read from here on.",
            "Write words and brackets without escapes, as in SPARQL 1.1 Update, section 3.",
            *position(self.text, start),
        )
