"""Which representation of a thing is wanted: its form (RFC 9110, section 12) and its profile.

Profiles follow W3C Content Negotiation by Profile (Working Draft of 2 October 2023): by the field Accept-Profile, or by
the parameters `_profile` and `_mediatype`. What the address says beats what fields say.
"""

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Request

from tradegraph.explore.describe import Profile
from tradegraph.languages import Language, Words
from tradegraph.media_types import HTML, Format, choose, formats_for
from tradegraph.namespaces import BASE, PREFIXES
from tradegraph.web.problems import RequestError

FORMS: Final = formats_for("graph")
PROFILE: Final = BASE + "profile/"
ALTERNATES: Final = "alt"
"""The token for the list of all representations (same draft)."""
ALTR: Final = "http://www.w3.org/ns/dx/connegp/altr#"
_PROF: Final = "http://www.w3.org/ns/dx/prof/"
_MEMBER: Final = re.compile(r"\s*<([^<>\s]*)>\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?))?\s*")


@dataclass(frozen=True)
class ProfileRow:
    """A profile: the value of `_profile`, what it is called and what it holds."""

    token: Profile
    label: Words
    definition: Words

    @property
    def iri(self) -> str:
        """The IRI of the profile."""
        return PROFILE + self.token


PROFILES: Final = (
    ProfileRow(
        "evidence",
        Words("alles, met herkomst", "everything, with its sources"),
        Words(
            "Alles wat de uitgave over een ding zegt: kenmerken, directe relaties in beide richtingen, de rijen waarop "
            "die rusten, en de passages waarin ze te lezen zijn, met onze weergave en hun vindplaats.",
            "All that the release says of a thing: properties, direct relations in both directions, the records that "
            "they rest on, and the passages in which they can be read, with our rendering and their place.",
        ),
    ),
    ProfileRow(
        "front-door",
        Words("directe relaties", "direct relations"),
        Words(
            "De directe relaties van een ding in beide richtingen, en hoe alles daarin heet in het Nederlands en "
            "Engels. Genoeg voor de meeste vragen.",
            "The direct relations of a thing in both directions, and what everything in them is called in Dutch and "
            "English. Enough for most questions.",
        ),
    ),
)
"""The default first."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for. `form` None stands for a page, `profile` None for the list of representations.

    `addressed`: the address alone settles it. `varies` are the fields that it depended on otherwise.
    """

    form: Format | None
    profile: ProfileRow | None
    addressed: bool
    varies: tuple[str, ...]


def split_suffix(key: str) -> tuple[str, Format | None]:
    """Return a key without the suffix of a form, and that form: `2025-06-indonesia.ttl`. Keys have no dots."""
    stem, dot, name = key.rpartition(".")
    if not dot:
        return key, None
    form = next((one for one in FORMS if one.name == name), None)
    if form is None:
        raise RequestError(404, f"There is no form “.{name}”.", f"There are: {_listed('.')}.")
    return stem, form


def wanted(request: Request, suffix: Format | None, *, pages: bool = True) -> Wanted:
    """Settle what is wanted. RequestError 400 for parameters that mean nothing, 406 when nothing offered will do.

    A page is offered too when `pages`, and chosen when it is wanted more than any form.
    """
    profile, profile_addressed = _profile(request)
    form = suffix or _named(request)
    varies = () if profile_addressed else ("Accept-Profile",)
    if form is not None:
        return Wanted(form, profile, profile_addressed, varies)
    accept = request.headers.get("Accept")
    varies = ("Accept", *varies)
    if pages and _prefers_page(accept):
        return Wanted(None, profile, False, varies)
    form = choose(accept, FORMS)
    if form is None:
        listed = ", ".join(one.media_type for one in FORMS)
        raise RequestError(406, f"“{accept}” cannot be had.", f"There are: {listed}{', ' + HTML if pages else ''}.")
    return Wanted(form, profile, False, varies)


def _prefers_page(accept: str | None) -> bool:
    page = Format(HTML, HTML, "", "", frozenset(), "")
    # Last, so that `*/*` does not mean a page.
    return choose(accept, (*FORMS, page)) == page


def _named(request: Request) -> Format | None:
    for name in ("format", "_mediatype"):
        value = request.args.get(name)
        if value:
            # A plus in an address may have become a space on its way.
            form = next((one for one in FORMS if value.replace(" ", "+") in (one.name, one.media_type)), None)
            if form is None:
                listed = ", ".join(one.name if name == "format" else one.media_type for one in FORMS)
                raise RequestError(400, f"{name}={value} cannot be used.", f"There are: {listed}.")
            return form
    return None


def _profile(request: Request) -> tuple[ProfileRow | None, bool]:
    """Return the profile and whether the address names it."""
    by_name = {row.token: row for row in PROFILES} | {row.iri: row for row in PROFILES}
    value = request.args.get("_profile")
    if value:
        if value in (ALTERNATES, "alternates", ALTR.rstrip("#")):
            return None, True
        if value not in by_name:
            raise RequestError(400, f"_profile={value} cannot be used.", f"There are: {_profiles()}.")
        return by_name[value], True
    header = request.headers.get("Accept-Profile")
    if not header or not header.strip():
        return PROFILES[0], False
    best, highest = None, 0.0
    for iri, quality in _MEMBER.findall(header):
        given = float(quality or 1)
        if iri in by_name and given > highest:
            best, highest = by_name[iri], given
    if best is None:
        raise RequestError(406, f"None of the profiles “{header}” is here.", f"There are: {_profiles()}.")
    return best, False


def address(kind: str, key: str, form: Format, profile: ProfileRow | None = None) -> str:
    """Return the path of one representation; without a profile, the default one."""
    return f"/doc/{kind}/{key}.{form.name}" + (f"?_profile={profile.token}" if profile else "")


def links(kind: str, key: str, thing: str, profile: ProfileRow, languages: tuple[Language, ...]) -> list[str]:
    """Return the members of the Link field (RFC 8288) of a description: what of, by what profile, what others."""
    found = [f'<{thing}>; rel="describes"', f'<{thing}>; rel="cite-as"', f'<{profile.iri}>; rel="profile"']
    for row in PROFILES:
        found += [
            f'<{address(kind, key, form, row)}>; rel="alternate"; type="{form.media_type}"; profile="{row.iri}"'
            for form in FORMS
        ]
    found += [
        f'</{language}/{kind}/{key}>; rel="alternate"; type="{HTML}"; hreflang="{language}"' for language in languages
    ]
    return found


def alternates(kind: str, key: str, thing: str, base_url: str) -> list[ox.Triple]:
    """Return the list of representations under `base_url`, as the draft's data model for alternates has it."""
    triples = []
    rdf, dct = PREFIXES["rdf"], PREFIXES["dct"]
    for row in PROFILES:
        triples += profile_triples(row)
        for form in FORMS:
            representation = ox.NamedNode(base_url.rstrip("/") + address(kind, key, form, row))
            said: dict[str, ox.NamedNode | ox.Literal] = {
                rdf + "type": ox.NamedNode(ALTR + "Representation"),
                dct + "format": ox.Literal(form.media_type),
                dct + "conformsTo": ox.NamedNode(row.iri),
            }
            triples.append(ox.Triple(ox.NamedNode(thing), ox.NamedNode(ALTR + "hasRepresentation"), representation))
            triples += [ox.Triple(representation, ox.NamedNode(name), value) for name, value in said.items()]
    default = ox.NamedNode(base_url.rstrip("/") + address(kind, key, FORMS[0], PROFILES[0]))
    triples.append(ox.Triple(ox.NamedNode(thing), ox.NamedNode(ALTR + "hasDefaultRepresentation"), default))
    return triples


def profile_triples(row: ProfileRow) -> list[ox.Triple]:
    """Return what is said of a profile itself (W3C Profiles Vocabulary)."""
    skos = PREFIXES["skos"]
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (PREFIXES["rdf"] + "type", ox.NamedNode(_PROF + "Profile")),
        (_PROF + "hasToken", ox.Literal(row.token, datatype=ox.NamedNode(PREFIXES["xsd"] + "token"))),
    ]
    for language, label, text in (("en", row.label.en, row.definition.en), ("nl", row.label.nl, row.definition.nl)):
        said += [
            (PREFIXES["rdfs"] + "label", ox.Literal(label, language=language)),
            (skos + "definition", ox.Literal(text, language=language)),
        ]
    return [ox.Triple(ox.NamedNode(row.iri), ox.NamedNode(name), value) for name, value in said]


def _listed(before: str) -> str:
    return ", ".join(before + one.name for one in FORMS)


def _profiles() -> str:
    return ", ".join([*(f"{row.token} (<{row.iri}>)" for row in PROFILES), ALTERNATES])
