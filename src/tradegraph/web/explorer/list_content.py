"""The content of a list: its items read once, narrowed down and ordered, with the names that people see."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.describe import exists
from tradegraph.explore.listing import (
    NOT_STATED,
    Aspect,
    Item,
    Narrowed,
    Places,
    Said,
    folded,
    iri_of,
    items_of,
    key_of,
    keys,
    merged,
    narrow,
)
from tradegraph.explore.names import Name
from tradegraph.languages import LANGUAGES, Language
from tradegraph.namespaces import DEF, ID
from tradegraph.web.explorer.list_kind import ListKind
from tradegraph.web.explorer.list_kinds import WHEN
from tradegraph.web.explorer.list_request import Wanted
from tradegraph.web.notes import Text
from tradegraph.web.problems import RequestError
from tradegraph.web.revision import Kept
from tradegraph.web.site import Panel, Site, text
from tradegraph.web.words import say

_ITSELF: Final = Aspect("itself", WHEN.label, ())


@dataclass(frozen=True)
class Known:
    """All things of a kind in the release, and the query that they came from."""

    items: tuple[Item, ...]
    panel: Panel


@dataclass(frozen=True)
class Content:
    """A list as it was asked for: the items left in their order, the counts of facets, and names in one language.

    `placed` are the keys of places by item, where the list has places.
    """

    wanted: Wanted
    language: Language
    items: tuple[Item, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Name]
    places: Places
    panel: Panel

    def name(self, iri: str) -> Text:
        """Return what an IRI is called."""
        found = self.names[iri]
        return Text(found.text, found.language)

    def key_name(self, aspect: Aspect, key: str) -> Text:
        """Return what a key of a facet is called."""
        if key == NOT_STATED:
            language = self.language
            if aspect.reading == "class":
                return Text(say(language, "list_not_further"))
            return Text(say(language, "list_not_stated"))
        iri = iri_of(key)
        return self.name(iri) if iri in self.names else Text(key)

    def keys(self, item: Item, aspect: Aspect) -> frozenset[str]:
        """Return the keys under which a facet counts an item."""
        return keys(item, aspect, self.places)

    def values(self, said: Iterable[Said]) -> list[Said]:
        """Return the values to show, each once: of texts in several languages those in the language of the page."""
        given = merged(said)
        tags = {one.value.language for one in given if isinstance(one.value, ox.Literal)} - {None}
        shown = next((one for one in (self.language, *LANGUAGES) if one in tags), None)
        return [
            one
            for one in given
            if not isinstance(one.value, ox.Literal) or one.value.language is None or one.value.language == shown
        ]


@dataclass
class Lists:
    """The lists of a site; each is read once and kept, until something is written."""

    site: Site

    def __post_init__(self) -> None:
        revision = self.site.endpoint.revision
        self._known: Kept[Known] = Kept(revision)
        self._places: Kept[Places] = Kept(revision)

    def panel(self, name: str) -> Panel:
        """Return the answer to a stored query without parameters."""
        return self.site.panel(name)

    def counts(self) -> dict[str, int]:
        """Return how many things of each kind the release has, by the key of the kind."""
        return {text(row, "kind"): int(text(row, "things")) for row in self.panel("home_kinds").rows}

    def known(self, kind: ListKind) -> Known:
        """Return all things of a kind; any QueryError may be raised."""

        def read() -> Known:
            panel = self.site.panel(kind.panel)
            return Known(items_of(panel.rows, kind.key), panel)

        return self._known.of(kind.key, read)

    def places(self) -> Places:
        """Return where places are."""
        return self._places.of("", lambda: Places.read(self.site.panel("list_places").rows))

    def content(self, wanted: Wanted, language: Language) -> Content:
        """Return the list that is asked for; RequestError 400 or 404 for a value that is none."""
        kind, known, places = wanted.kind, self.known(wanted.kind), self.places()
        keyed = {aspect.key: _keyed(aspect, places) for aspect in kind.facets}
        self._check(wanted, known.items, keyed)
        values = {
            said.value.value
            for item in known.items
            for aspect in kind.aspects
            for said in aspect.of(item)
            if isinstance(said.value, ox.NamedNode)
        }
        of_keys = {iri_of(key) for item in known.items for of in keyed.values() for key in of(item)}
        of_keys |= {iri_of(key) for chosen in wanted.chosen.values() for key in chosen}
        things = {item.iri for item in known.items} | values | of_keys - {""}
        names = self.site.named(sorted(things), language)
        narrowed = narrow(
            known.items,
            {key: frozenset(chosen) for key, chosen in wanted.chosen.items()},
            keyed,
            _containing(wanted, names),
        )
        return Content(
            wanted,
            language,
            tuple(ordered(narrowed, wanted, names)),
            len(known.items),
            narrowed.counts,
            names,
            places,
            known.panel,
        )

    def _check(
        self, wanted: Wanted, items: tuple[Item, ...], keyed: Mapping[str, Callable[[Item], frozenset[str]]]
    ) -> None:
        """Raise RequestError for a chosen value that no thing of the list has and that is nothing else either."""
        for name, values in wanted.chosen.items():
            there = {key for item in items for key in keyed[name](item)}
            for value in values:
                if value in there or value == NOT_STATED:
                    continue
                reading = next(one.reading for one in wanted.kind.facets if one.key == name)
                some = ", ".join(sorted(there - {NOT_STATED})[:8])
                if reading == "year":
                    if not (value.isascii() and value.isdigit() and len(value) == 4):
                        raise RequestError(400, f"{name}={value[:60]} is no year.", f"There are: {some}.")
                elif reading == "class" or "/" not in value:
                    raise RequestError(400, f"{name}={value[:60]} is no value of this list.", f"There are: {some}.")
                elif not self._exists(value):
                    raise RequestError(404, f"{name}={value[:60]}: there is no such thing.", f"There are: {some}.")

    def _exists(self, value: str) -> bool:
        iri = iri_of(value)
        plain = iri.removeprefix(ID).replace("/", "").replace("-", "").replace(".", "").replace("_", "")
        return iri.startswith(ID) and plain.isascii() and plain.isalnum() and exists(self.site.reader(), iri)


def _keyed(aspect: Aspect, places: Places) -> Callable[[Item], frozenset[str]]:
    return lambda item: keys(item, aspect, places)


def _containing(wanted: Wanted, names: Mapping[str, Name]) -> Callable[[Item], bool]:
    """Return the test whether all words that were asked for stand in the name or the values of an item."""
    words = folded(wanted.text).split()
    if not words:
        return lambda _: True

    def contains(item: Item) -> bool:
        texts = [names[item.iri].text, item.iri.removeprefix(ID)]
        for aspect in wanted.kind.aspects:
            values = [said.value.value for said in aspect.of(item)]
            texts += [names[value].text if value in names else value for value in values]
        there = folded(" ".join(texts))
        return all(word in there for word in words)

    return contains


def when(item: Item) -> str:
    """Return the date of an item as the graph has it: a day, a month or a year; empty when it has none."""
    return next((said.value.value for said in WHEN.of(item)), "")


def ordered(narrowed: Narrowed, wanted: Wanted, names: Mapping[str, Name]) -> list[Item]:
    """Return the items in the order asked for: those without a date last, equal ones by name."""
    items = sorted(narrowed.items, key=lambda item: (folded(names[item.iri].text), item.iri))
    if wanted.ordered == "name":
        return items
    dated = [item for item in items if when(item)]
    # The end of a year or month comes after its days when the newest go first.
    dated.sort(key=when, reverse=wanted.ordered == "newest")
    return dated + [item for item in items if not when(item)]


def place_keys(content: Content, item: Item) -> frozenset[str]:
    """Return the keys of the countries in which an item is, by the aspect of the kind that tells places."""
    kind = content.wanted.kind
    if kind.placed == "itself":
        return frozenset({key_of(item.iri)})
    aspect = next(one for one in kind.aspects if one.key == kind.placed)
    found = keys(item, aspect, content.places) - {NOT_STATED}
    return frozenset(
        key_of(country) for key in found for country in content.places.countries.get(iri_of(key), (iri_of(key),))
    )


def term_address(aspect: Aspect, language: Language) -> str:
    """Return the address of the page of the term behind an aspect; empty when the term is not ours."""
    first = aspect.properties[0]
    return f"/{language}/def/{first.removeprefix(DEF)}" if first.startswith(DEF) else ""
