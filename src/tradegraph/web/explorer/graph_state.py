"""What the address of a graph says, and how it is read: `focus`, `show` and `chosen`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import request

from tradegraph.errors import NotFound
from tradegraph.explore.describe import exists, thing_iri
from tradegraph.explore.network import MOST_NODES, Edge, best_neighbours, edges_in
from tradegraph.languages import Language
from tradegraph.namespaces import ID
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

AT_FIRST: Final = 12
"""Neighbours that are shown when the address names none."""


@dataclass(frozen=True)
class State:
    """What the address says, as keys (`kind/key`): what stands in the middle, what is shown besides, what is chosen."""

    focus: str
    shown: tuple[str, ...]
    chosen: str

    def address(self, language: Language, suffix: str = "") -> str:
        """Return the address of this state."""
        pairs = {"chosen": self.chosen, "focus": self.focus, "show": ",".join(self.shown)}
        if self.chosen == self.focus:
            del pairs["chosen"]
        return f"/{language}/graph{suffix}?" + urlencode(pairs, safe="/,")

    def with_shown(self, keys: Iterable[str]) -> "State":
        """Return the state in which these are shown besides the thing in the middle."""
        shown = tuple(dict.fromkeys(key for key in keys if key != self.focus))
        return State(self.focus, shown, self.chosen if self.chosen in (self.focus, *shown) else self.focus)


def read_state(site: Site) -> State:
    """Return what the address asks for; RequestError 400 for too much, 404 for what is not there."""
    reader = site.reader()

    def thing(key: str) -> str:
        kind, _, rest = key.partition("/")
        try:
            iri = thing_iri(kind, rest)
        except NotFound as error:
            raise RequestError(400, f"“{key}” is no thing.", "Give kind/key, such as territory/jpn.") from error
        return iri

    focus = request.args["focus"]
    if not exists(reader, thing(focus)):
        raise RequestError(404, f"There is no “{focus}” in this release.", "Search for its name to find its key.")
    given = request.args.get("show")
    if given is None:
        best = best_neighbours(edges_of(site, ID + focus), ID + focus, {ID + focus}, AT_FIRST)
        shown = tuple(map(key_of, best))
    else:
        shown = tuple(dict.fromkeys(key for key in given.split(",") if key and key != focus))
        for key in shown:
            thing(key)
    if len(shown) + 1 > MOST_NODES:
        raise RequestError(
            400, f"More than {MOST_NODES} things are not drawn: nothing could be seen.", "Show fewer of them."
        )
    chosen = request.args.get("chosen") or focus
    if chosen not in (focus, *shown):
        raise RequestError(400, f"“{chosen}” is chosen and not shown.", "Add it to show, or leave chosen out.")
    return State(focus, shown, chosen)


def edges_of(site: Site, thing: str) -> tuple[Edge, ...]:
    """Return the relations of a thing, by its IRI."""
    return edges_in(site.panel("graph_neighbours", {"thing": ox.NamedNode(thing)}).rows)


def key_of(iri: str) -> str:
    """Return the key of a thing (`kind/key`), by its IRI."""
    return iri.removeprefix(ID)
