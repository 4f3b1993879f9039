"""Triple patterns read from a query's terminals (SPARQL 1.1 Query Language, section 19.8, rules 75 to 109)."""

from dataclasses import dataclass
from typing import Final

from tradegraph.sparql.tokens import Token

ENDS_BLOCK: Final = frozenset({"OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"})
"""Words that end a block of triples inside a group."""

DEEPEST: Final = 100
_NAMES: Final = frozenset({"iri", "pname", "word"})


class Unreadable(Exception):
    """The text is not what this reader knows; it never leaves the room."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern, its terms as written (variables as `?name`); `first` is the index of its subject's token.

    A predicate that is more than a variable or a name is a path: `path` is true, and `closures` holds the operators
    `*`, `+` and `?` that occur in it. `names` are the IRIs and prefixed names of the predicate, `repeated` those of
    them that `*` or `+` is about.
    """

    subject: str
    predicate: str
    object: str
    first: int
    path: bool
    closures: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def variables(self) -> frozenset[str]:
        """Variables, and blank nodes, which are variables that nobody asks for."""
        return frozenset(term for term in (self.subject, self.predicate, self.object) if term[:1] in "?_")


class Patterns:
    """Reads blocks of triples from a list of terminals; `at` is the index of the next one."""

    def __init__(self, seen: list[Token]) -> None:
        self.seen = seen
        self.at = 0
        self._found: list[Pattern] = []

    def peek(self) -> str:
        """Return the next terminal's text, or nothing at the end."""
        return self.seen[self.at].text if self.at < len(self.seen) else ""

    def kind(self) -> str:
        """Return the next terminal's kind, or nothing at the end."""
        return self.seen[self.at].kind if self.at < len(self.seen) else ""

    def word(self) -> str:
        """Return the next terminal in capitals when it is a word, else nothing."""
        return self.peek().upper() if self.kind() == "word" else ""

    def take(self, *wanted: str) -> Token:
        """Step over one terminal; raises Unreadable when its text is none of those wanted."""
        if self.at >= len(self.seen):
            raise Unreadable
        token = self.seen[self.at]
        if wanted and token.text.upper() not in wanted:
            raise Unreadable
        self.at += 1
        return token

    def block(self) -> tuple[Pattern, ...]:
        """Read triples up to what ends the block; a last full stop is left unread."""
        self._found = []
        while True:
            self._same_subject()
            if self.peek() != "." or self._block_ends_after_stop():
                return tuple(self._found)
            self.take()

    def _block_ends_after_stop(self) -> bool:
        if self.at + 1 >= len(self.seen):
            return True
        following = self.seen[self.at + 1]
        return following.text in "{}" or (following.kind == "word" and following.text.upper() in ENDS_BLOCK)

    def _same_subject(self) -> None:
        first = self.at
        opened = self.peek()
        subject = self._node(first, 0)
        if opened in "[(" and (self.peek() in ".}{" or self.word() in ENDS_BLOCK):
            if self.at - first < 3:
                raise Unreadable
            return
        self._properties(subject, first, 0)

    def _properties(self, subject: str, first: int, depth: int) -> None:
        while True:
            start = self.at
            self._verb()
            parts = self.seen[start : self.at]
            predicate = "".join(token.text for token in parts)
            if predicate[0] == "$":
                predicate = "?" + predicate[1:]
            closures = frozenset(part.text for part in parts if part.text in ("*", "+", "?"))
            names = tuple(part.text for part in parts if part.kind in _NAMES)
            repeated = _repeated(parts) if closures else ()
            while True:
                value = self._node(first, depth)
                self._found.append(Pattern(subject, predicate, value, first, len(parts) > 1, closures, names, repeated))
                if self.peek() != ",":
                    break
                self.take()
            if self.peek() != ";":
                return
            while self.peek() == ";":
                self.take()
            if self.peek() in (".", "]", "}", "{", "") or self.word() in ENDS_BLOCK:
                return

    def _verb(self) -> None:
        if self.kind() == "variable":
            self.take()
        else:
            self._path(0)

    def _path(self, depth: int) -> None:
        if depth > DEEPEST:
            raise Unreadable
        while True:
            while self.peek() in ("^", "!"):
                self.take()
            if self.peek() == "(":
                self.take()
                if self.peek() != ")":
                    self._path(depth + 1)
                self.take(")")
            elif self.kind() in ("iri", "pname") or self.peek() == "a":
                self.take()
            else:
                raise Unreadable
            while self.peek() in ("*", "+", "?"):
                self.take()
            if self.peek() not in ("/", "|"):
                return
            self.take()

    def _node(self, first: int, depth: int) -> str:
        if depth > DEEPEST:
            raise Unreadable
        here, kind = self.at, self.kind()
        text = self.take().text
        if kind == "variable":
            return "?" + text[1:]
        if kind in ("iri", "pname", "blank", "number") or (kind == "word" and text.lower() in ("true", "false")):
            return text
        if kind == "string":
            if self.kind() == "language":
                text += self.take().text
            elif self.peek() == "^^":
                text += self.take().text
                if self.kind() not in ("iri", "pname"):
                    raise Unreadable
                text += self.take().text
            return text
        if text in ("+", "-") and self.kind() == "number":
            return text + self.take().text
        if text == "[":
            if self.peek() != "]":
                self._properties(f"_[{here}", first, depth + 1)
            self.take("]")
            return f"_[{here}"
        if text == "(":
            while self.peek() != ")":
                self._found.append(Pattern(f"_[{here}", "()", self._node(first, depth + 1), first, False))
            self.take(")")
            return f"_[{here}"
        raise Unreadable


def _repeated(parts: list[Token]) -> tuple[str, ...]:
    """Return the names that stand before a `*` or `+`, all of them when that is a bracket."""
    found: list[str] = []
    opened: list[int] = []
    last = 0
    for number, part in enumerate(parts):
        if part.text == "(":
            opened.append(number)
        elif part.text == ")":
            last = opened.pop()
        elif part.kind in _NAMES:
            last = number
        elif part.text in ("*", "+"):
            found += [one.text for one in parts[last:number] if one.kind in _NAMES]
    return tuple(dict.fromkeys(found))
