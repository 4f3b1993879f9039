"""Terms of ours that the release does not have, with what was perhaps meant."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tradegraph.namespaces import BASE, DEF, shrink
from tradegraph.sparql.messages import Bilingual
from tradegraph.sparql.tokens import Token, position, tokens

_MOST_NOTICES: Final = 10
_CLOSEST: Final = 0.6

SEARCH_TERMS: Final = frozenset({"search", "query", "score", "snippet", "language", "kind", "limit"})
"""Local names of the text index's own vocabulary, which is in no release."""


@dataclass(frozen=True)
class Notice:
    """A term at `line` and `column` (from 1) that is not in the release; `meant` are the closest ones, best first."""

    term: str
    iri: str
    line: int
    column: int
    meant: tuple[str, ...]

    @property
    def suggestion(self) -> Bilingual:
        """What to do, in both languages."""
        if not self.meant:
            return Bilingual("The ontology page lists every term.", "De ontologiepagina noemt elke term.")
        names = ", ".join(self.meant)
        return Bilingual(f"Did you mean {names}?", f"Bedoelde u {names}?")


def did_you_mean(
    text: str, vocabulary: Collection[str], prefixes: Mapping[str, str] | None = None
) -> tuple[Notice, ...]:
    """Return a notice for each term of our namespaces in `text` that is not in `vocabulary`, a set of absolute IRIs.

    Only namespaces (up to the last `#` or `/`) are looked at of which the vocabulary holds something: give it the
    classes and properties, and it will not complain of things. Each term is reported once, at most ten. `prefixes` are
    those declared outside of the text.
    """
    notices: dict[str, Notice] = {}
    known = frozenset(vocabulary)
    for token, iri in _names(text, prefixes or {}):
        if iri in known or iri in notices or not iri.startswith(BASE) or iri.removeprefix(DEF) in SEARCH_TERMS:
            continue
        namespace, _ = split(iri)
        candidates = _locals(known).get(namespace)
        if candidates is None or iri == namespace:
            continue
        notices[iri] = Notice(token.text, iri, *position(text, token.start), _closest(iri, namespace, candidates))
        if len(notices) == _MOST_NOTICES:
            break
    return tuple(notices.values())


def _closest(iri: str, namespace: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    local = iri.removeprefix(namespace)
    by_folded: dict[str, list[str]] = {}
    for candidate in candidates:
        by_folded.setdefault(candidate.casefold(), []).append(candidate)
    close = difflib.get_close_matches(local.casefold(), by_folded, n=3, cutoff=_CLOSEST)
    return tuple(shrink(namespace + name) for folded in close for name in by_folded[folded])[:3]


def split(iri: str) -> tuple[str, str]:
    """Return the namespace, with its `#` or `/`, and the local name."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


@lru_cache(maxsize=4)
def _locals(known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the local names of each namespace; kept, as one release is asked about again and again."""
    found: dict[str, list[str]] = {}
    for iri in known:
        namespace, local = split(iri)
        found.setdefault(namespace, []).append(local)
    return {namespace: tuple(sorted(names)) for namespace, names in found.items()}


def _names(text: str, declared: Mapping[str, str]) -> Iterator[tuple[Token, str]]:
    """Yield the IRIs and prefixed names after the prologue, with the IRI; relative ones are left out."""
    prefixes = dict(declared)
    recent: list[Token] = []
    for token in tokens(text):
        before = [one.text.upper() for one in recent]
        in_prologue = (len(before) > 1 and before[-2] == "PREFIX") or before[-1:] in (["PREFIX"], ["BASE"])
        if in_prologue:
            if token.kind == "iri":
                prefixes[recent[-1].text.removesuffix(":")] = token.text[1:-1]
        elif token.kind == "iri":
            yield token, token.text[1:-1]
        elif token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            if prefix in prefixes:
                yield token, prefixes[prefix] + local.replace("\\", "")
        recent = [*recent[-1:], token]
