"""Reads a property path as SPARQL writes it (SPARQL 1.1, section 19.8, rules 88 to 96)."""

from collections.abc import Callable

from pyoxigraph import NamedNode

from tradegraph.checks.guard.paths import Alternative, AnyPredicate, Inverse, Path, Predicate, Repeated, joined
from tradegraph.sparql.tokens import Token, tokens


def read_path(text: str, expand: Callable[[str], NamedNode]) -> Path:
    """Read a path that is known to be well formed; `expand` gives the IRI of a name as written."""
    return _Reader(list(tokens(text)), expand).alternative()


class _Reader:
    def __init__(self, parts: list[Token], expand: Callable[[str], NamedNode]) -> None:
        self._parts = parts
        self._expand = expand
        self._at = 0

    def alternative(self) -> Path:
        found = [self._sequence()]
        while self._is("|"):
            found.append(self._sequence())
        return found[0] if len(found) == 1 else Alternative(tuple(found))

    def _sequence(self) -> Path:
        found = [self._element()]
        while self._is("/"):
            found.append(self._element())
        return joined(*found)

    def _element(self) -> Path:
        if self._is("^"):
            return Inverse(self._element())
        path = self._primary()
        while self._at < len(self._parts) and self._parts[self._at].text in ("*", "+", "?"):
            path = Repeated(path, self._parts[self._at].text)
            self._at += 1
        return path

    def _primary(self) -> Path:
        if self._is("!"):
            # Whatever the set excludes, it may also ask for inverse properties.
            self._element() if not self._is("(") else self._close()
            return Alternative((AnyPredicate(), Inverse(AnyPredicate())))
        if self._is("("):
            path = self.alternative()
            self._close()
            return path
        self._at += 1
        return Predicate(self._expand(self._parts[self._at - 1].text))

    def _close(self) -> None:
        while not self._is(")"):
            self._at += 1

    def _is(self, text: str) -> bool:
        if self._at < len(self._parts) and self._parts[self._at].text == text:
            self._at += 1
            return True
        return False
