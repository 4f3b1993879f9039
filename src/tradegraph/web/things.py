"""Every IRI of ours answers: `/id/…` leads to a page or to data about a thing, `/doc/…` holds the data.

The IRIs never depend on where the site is, and the site never trusts a Host field: what leads from here to here is
relative.
"""

import difflib
from typing import Final, cast

from flask import Blueprint, Flask, Response, redirect, render_template, request

from tradegraph.errors import NotFound
from tradegraph.explore import describe
from tradegraph.explore.context import Context
from tradegraph.explore.describe import Description, list_incoming, thing_iri
from tradegraph.explore.describe import describe as described
from tradegraph.explore.jsonld import to_jsonld
from tradegraph.files import Project
from tradegraph.languages import LANGUAGES, Language
from tradegraph.media_types import HTML, Format
from tradegraph.namespaces import ID, PREFIXES, shrink
from tradegraph.web import own_documents, thing_page
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.examples import describe_query
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.negotiation import (
    FORMS,
    PROFILES,
    ProfileRow,
    Wanted,
    address,
    alternates,
    links,
    split_suffix,
    wanted,
)
from tradegraph.web.problems import RequestError
from tradegraph.web.sending import CHOICES, Answers, serialised
from tradegraph.web.thing_page import Viewer
from tradegraph.web.vocabulary import Vocabulary

LISTS: Final = ("property", "page")
_ALLOWED: Final = "Accept, Accept-Profile, If-None-Match"
_EXPOSED: Final = "Content-Location, Content-Profile, ETag, Link, X-Release"


def register(app: Flask, endpoint: Endpoint, project: Project) -> None:
    """Register the routes of things, graphs, ontology, shapes, profiles and the context.

    Raises OntologyError for a file of the ontology that cannot be read.
    """
    answers, context = Answers(endpoint), Context.read(project)
    vocabulary = Vocabulary.read(project, endpoint.release)
    for routes in (_blueprint(answers, context, vocabulary), own_documents.blueprint(answers, context, project)):
        routes.after_request(_for_scripts)
        app.register_blueprint(routes)


def _for_scripts(response: Response) -> Response:
    """Let scripts of other sites negotiate, and see what was chosen (Fetch, section 3.3.3)."""
    response.headers.setdefault("Access-Control-Allow-Headers", _ALLOWED)
    response.headers.setdefault("Access-Control-Expose-Headers", _EXPOSED)
    return response


def _blueprint(answers: Answers, context: Context, vocabulary: Vocabulary) -> Blueprint:
    routes = Blueprint("things", __name__)
    base_url = answers.endpoint.settings.base_url
    viewers = {language: Viewer(vocabulary, language, base_url) for language in LANGUAGES}

    @routes.get("/id/<kind>/<key>")
    def identified(kind: str, key: str) -> Response:
        check_parameters(request.args, CHOICES)
        key, suffix = split_suffix(key)
        chosen = wanted(request, suffix)
        thing = _thing(answers, kind, key)
        if not describe.exists(answers.reader(), thing):
            raise _missing(answers, kind, key)
        if chosen.form is None:
            return _see_other(f"/{language_of_request()}/{kind}/{key}", (*chosen.varies, "Accept-Language"))
        return _see_other(_location(kind, key, chosen, chosen.form), chosen.varies)

    @routes.get("/doc/<kind>/<key>")
    def document(kind: str, key: str) -> Response:
        check_parameters(request.args, (*CHOICES, *LISTS))
        key, suffix = split_suffix(key)
        chosen = wanted(request, suffix)
        thing = _thing(answers, kind, key)
        if chosen.form is None:
            return _see_other(f"/{language_of_request()}/{kind}/{key}", (*chosen.varies, "Accept-Language"))
        form, property_page = chosen.form, _list_asked(context)
        fields = {"Content-Location": _location(kind, key, chosen, form, property_page)}
        reader = answers.reader()
        if chosen.profile is None:
            if not describe.exists(reader, thing):
                raise _missing(answers, kind, key)
            listed = alternates(kind, key, thing, answers.base)
            return answers.send(lambda: serialised(listed, form), form, chosen, fields)
        led = links(kind, key, thing, chosen.profile, LANGUAGES)
        fields |= {"Content-Profile": f"<{chosen.profile.iri}>", "Link": ", ".join(led)}
        if (unchanged := answers.unchanged(form, chosen, fields)) is not None:
            return unchanged
        said = _said(answers, kind, key, chosen.profile, property_page)
        more = [
            f'<{address(kind, key, form)}?property={_name(group.property)}>; rel="collection"'
            for group in said.incoming
            if group.count > len(group.subjects) and property_page is None
        ]
        fields["Link"] = ", ".join([*led, *more])
        return answers.send(lambda: _written(said, form, context), form, chosen, fields)

    @routes.get("/<any(nl, en):language>/<kind>/<key>")
    def page(language: Language, kind: str, key: str) -> Response:
        check_parameters(request.args, LISTS)
        property_page = _list_asked(context)
        tag = answers.tag("page", language, kind, key, property_page)
        fields = {"ETag": tag, "Cache-Control": "public, no-cache", "Vary": "Accept-Encoding"}
        if answers.known(tag):
            return Response(status=304, headers=fields)
        said = _said(answers, kind, key, PROFILES[0], None)
        viewer = viewers[language]
        view = viewer.view(said)
        listing = None
        if property_page is not None:
            name, number = property_page
            part = _said(answers, kind, key, PROFILES[0], property_page)
            (group,) = part.incoming
            first, last = thing_page.page_range(group.count, number)
            listing = (viewer.incoming(part, group, last - first + 1), first, last, number, _name(name))
        fields["Link"] = f'<{view.iri}>; rel="describes", <{view.iri}>; rel="cite-as"'
        body = render_template(
            "thing.html",
            view=view,
            listing=listing,
            w={name: words.in_(language) for name, words in thing_page.WORDS.items()},
            formats=[(form, address(kind, key, form)) for form in FORMS],
            query=describe_query(view.iri),
        )
        return Response(body, headers=fields, mimetype=HTML)

    return routes


def _written(said: Description, form: Format, context: Context) -> bytes:
    return to_jsonld(said, context) if form.name == "jsonld" else serialised(list(said.triples), form)


def _thing(answers: Answers, kind: str, key: str) -> str:
    try:
        return thing_iri(kind, key)
    except NotFound as error:
        raise _missing(answers, kind, key) from error


def _said(
    answers: Answers, kind: str, key: str, profile: ProfileRow, property_page: tuple[str, int] | None
) -> Description:
    """Return a description, or one page of what points to a thing; RequestError 404 with what there is instead."""
    reader, thing = answers.reader(), _thing(answers, kind, key)
    try:
        if property_page is None:
            return described(reader, thing, profile.token)
        return list_incoming(reader, thing, *property_page)
    except NotFound as error:
        if property_page is None or not describe.exists(reader, thing):
            raise _missing(answers, kind, key) from error
        there = ", ".join(_name(group.property) for group in describe.counts(reader, thing)) or "none"
        raise RequestError(404, str(error), f"What points to it, as “property”: {there}.") from error


def _missing(answers: Answers, kind: str, key: str) -> RequestError:
    """Return the error for a thing that is not there, with those that may have been meant."""
    reader = answers.reader()
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


def _list_asked(context: Context) -> tuple[str, int] | None:
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


def _location(kind: str, key: str, chosen: Wanted, form: Format, property_page: tuple[str, int] | None = None) -> str:
    """Return the path that leads to what was chosen and to nothing else."""
    profile = "alt" if chosen.profile is None else chosen.profile.token
    path = f"/doc/{kind}/{key}.{form.name}?_profile={profile}"
    return path if property_page is None else f"{path}&property={_name(property_page[0])}&page={property_page[1]}"


def _name(iri: str) -> str:
    return shrink(iri).strip("<>").replace("#", "%23").replace("&", "%26")


def _see_other(target: str, varies: tuple[str, ...]) -> Response:
    response = cast("Response", redirect(target, 303))
    response.headers["Vary"] = ", ".join(varies)
    response.headers["Cache-Control"] = "no-cache"
    return response
