"""In which form a description of releases is wanted: a page, JSON, or RDF."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import request

from tradegraph.media_types import HTML, best
from tradegraph.publish.catalogue import json_ld, turtle
from tradegraph.web.problems import RequestError

PARAMETERS: Final = ("format",)


@dataclass(frozen=True)
class DescriptionForm:
    """A form: its name in `?format=` and its media type."""

    name: str
    media_type: str


JSON: Final = DescriptionForm("json", "application/json")
TURTLE: Final = DescriptionForm("ttl", "text/turtle")
JSON_LD: Final = DescriptionForm("jsonld", "application/ld+json")
PAGE: Final = DescriptionForm("html", HTML)


def form_wanted(*offered: DescriptionForm) -> DescriptionForm:
    """Return the form that the address or else the field Accept names; the first offered where anything will do.

    RequestError 400 for an unknown name and 406 when nothing offered will do.
    """
    if name := request.args.get("format"):
        found = next((form for form in offered if name.replace(" ", "+") in (form.name, form.media_type)), None)
        if found is None:
            there = ", ".join(form.name for form in offered)
            raise RequestError(400, f"format={name} cannot be used.", f"There are: {there}.")
        return found
    accept = request.headers.get("Accept")
    chosen = best(accept, tuple(form.media_type for form in offered))
    if chosen is None:
        there = ", ".join(form.media_type for form in offered)
        raise RequestError(406, f"“{accept}” cannot be had.", f"There are: {there}.")
    return next(form for form in offered if form.media_type == chosen)


def rdf(triples: list[ox.Triple], form: DescriptionForm) -> bytes:
    """Write triples as Turtle or JSON-LD."""
    return turtle(triples) if form == TURTLE else json_ld(triples)
