"""What an address of a thing asks for, and what is said when there is no such thing: shared by pages and data."""

import difflib
from typing import Final

from flask import request

from tradegraph.explore import describe
from tradegraph.explore.context import Context
from tradegraph.explore.reading import Reader
from tradegraph.namespaces import ID, PREFIXES, shrink
from tradegraph.web.problems import RequestError

LISTS: Final = ("property", "page")


def missing(reader: Reader, kind: str, key: str) -> RequestError:
    """Return the error for a thing that is not there, with those that may have been meant."""
    known = describe.kinds(reader)
    near = [iri.removeprefix(ID) for iri in describe.suggest(reader, kind, key)]
    elsewhere = [path for path in near if path.endswith(f"/{key}")]
    keys = [path.removeprefix(f"{kind}/") for path in near if path.startswith(f"{kind}/")]
    meant = [*elsewhere, *(f"{kind}/{one}" for one in difflib.get_close_matches(key, keys, 3))]
    asked = f"Did you mean {' or '.join(f'/id/{path}' for path in meant)}?" if meant else ""
    if kind not in known:
        return RequestError(404, f"There is no kind “{kind}”.", f"{asked} There are: {', '.join(known)}.".strip())
    return RequestError(
        404, f"There is no {kind} “{key}” in this release.", asked or "Search for its name, or list them with a query."
    )


def nothing_listed(reader: Reader, thing: str, detail: str) -> RequestError:
    """Return the error for a property with which nothing points to `thing`, or a page after the last."""
    there = ", ".join(property_name(group.property) for group in describe.counts(reader, thing)) or "none"
    return RequestError(404, detail, f"What points to it, as “property”: {there}.")


def list_asked(context: Context) -> tuple[str, int] | None:
    """Return the property and page that the address asks for; RequestError 400 for what is no property or page."""
    name, page = request.args.get("property"), request.args.get("page") or "1"
    if not name:
        if "page" in request.args:
            raise RequestError(400, "A page of what?", "Give the property too: property=tg:destination&page=2.")
        return None
    if not page.isascii() or not page.isdigit() or not 1 <= int(page[:9]) <= 10**6:
        raise RequestError(400, f"page={page} cannot be used.", "Give a whole number from 1.")
    prefix, colon, local = name.partition(":")
    if local.startswith("//"):
        return name, int(page)
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local, int(page)
    if name in context.terms:
        return context.terms[name].iri, int(page)
    raise RequestError(400, f"“{name}” is no property.", "Give an IRI, or a name such as tg:destination.")


def property_name(iri: str) -> str:
    """Return a property as it is written in an address: `tg:destination`, else its IRI."""
    return shrink(iri).strip("<>").replace("#", "%23").replace("&", "%26")
