"""What the graph says of one thing itself: its texts and links, read once for a page."""

from dataclasses import dataclass

import pyoxigraph as ox

from tradegraph.languages import Words
from tradegraph.namespaces import ID
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site


@dataclass(frozen=True)
class Described:
    """A thing of the release: the triples that start from it, and the panel that they were read with."""

    iri: str
    values: dict[str, tuple[ox.NamedNode | ox.Literal, ...]]
    panel: Panel

    def texts(self, name: str) -> Words:
        """Return a text in both languages; one without a language counts for both."""
        said = {
            value.language or "": value.value for value in self.values.get(name, ()) if isinstance(value, ox.Literal)
        }
        return Words(said.get("nl", said.get("", "")), said.get("en", said.get("", "")))

    def iris(self, name: str) -> tuple[str, ...]:
        """Return what a property leads to, sorted."""
        return tuple(sorted(value.value for value in self.values.get(name, ()) if isinstance(value, ox.NamedNode)))


def described(site: Site, kind: str, key: str) -> Described:
    """Return what is said of `/id/{kind}/{key}`; RequestError 404 with where to look when there is nothing."""
    iri = f"{ID}{kind}/{key}"
    missing = RequestError(404, f"There is no {kind} “{key}” in this release.", f"See /nl/{kind}/ for what there is.")
    if not all(one.isascii() and (one.isalnum() or one in "-._~") for one in key):
        raise missing
    panel = site.panel("reference_described", {"thing": ox.NamedNode(iri)})
    values: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for row in panel.rows:
        name, value = row["property"], row["value"]
        if isinstance(name, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            values.setdefault(name.value, []).append(value)
    if not values:
        raise missing
    return Described(iri, {name: tuple(found) for name, found in values.items()}, panel)
