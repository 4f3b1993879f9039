"""Every IRI of ours answers: `/id/…` leads to a page or to data about a thing, `/doc/…` holds the data.

The IRIs never depend on where the site is, and the site never trusts a Host field: what leads from here to here is
relative.
"""

from typing import Final, cast

from flask import Blueprint, Flask, Response, redirect, request

from tradegraph.errors import NotFound
from tradegraph.explore import describe
from tradegraph.explore.context import Context
from tradegraph.explore.describe import Description, list_incoming, thing_iri
from tradegraph.explore.describe import describe as described
from tradegraph.explore.jsonld import to_jsonld
from tradegraph.files import Project
from tradegraph.languages import LANGUAGES
from tradegraph.media_types import Format
from tradegraph.web import own_documents
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.negotiation import (
    ProfileRow,
    Wanted,
    address,
    alternates,
    links,
    split_suffix,
    wanted,
)
from tradegraph.web.sending import CHOICES, Answers, serialised
from tradegraph.web.thing_requests import LISTS, list_asked, missing, nothing_listed, property_name

_ALLOWED: Final = "Accept, Accept-Profile, If-None-Match"
_EXPOSED: Final = "Content-Location, Content-Profile, ETag, Link, X-Release"


def register(app: Flask, endpoint: Endpoint, project: Project) -> None:
    """Register the routes of things, graphs, ontology, shapes, profiles and the context.

    Raises OntologyError for a file of the ontology that cannot be read.
    """
    answers, context = Answers(endpoint), Context.read(project)
    for routes in (_blueprint(answers, context), own_documents.blueprint(answers, context, project)):
        routes.after_request(_for_scripts)
        app.register_blueprint(routes)


def _for_scripts(response: Response) -> Response:
    """Let scripts of other sites negotiate, and see what was chosen (Fetch, section 3.3.3)."""
    response.headers.setdefault("Access-Control-Allow-Headers", _ALLOWED)
    response.headers.setdefault("Access-Control-Expose-Headers", _EXPOSED)
    return response


def _blueprint(answers: Answers, context: Context) -> Blueprint:
    routes = Blueprint("things", __name__)

    @routes.get("/id/<kind>/<key>")
    def identified(kind: str, key: str) -> Response:
        check_parameters(request.args, CHOICES)
        key, suffix = split_suffix(key)
        chosen = wanted(request, suffix)
        thing = _thing(answers, kind, key)
        if not describe.exists(answers.reader(), thing):
            raise missing(answers.reader(), kind, key)
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
        form, property_page = chosen.form, list_asked(context)
        fields = {"Content-Location": _location(kind, key, chosen, form, property_page)}
        reader = answers.reader()
        if chosen.profile is None:
            if not describe.exists(reader, thing):
                raise missing(answers.reader(), kind, key)
            listed = alternates(kind, key, thing, answers.base)
            return answers.send(lambda: serialised(listed, form), form, chosen, fields)
        led = links(kind, key, thing, chosen.profile, LANGUAGES)
        fields |= {"Content-Profile": f"<{chosen.profile.iri}>", "Link": ", ".join(led)}
        if (unchanged := answers.unchanged(form, chosen, fields)) is not None:
            return unchanged
        said = _said(answers, kind, key, chosen.profile, property_page)
        more = [
            f'<{address(kind, key, form)}?property={property_name(group.property)}>; rel="collection"'
            for group in said.incoming
            if group.count > len(group.subjects) and property_page is None
        ]
        fields["Link"] = ", ".join([*led, *more])
        return answers.send(lambda: _written(said, form, context), form, chosen, fields)

    return routes


def _written(said: Description, form: Format, context: Context) -> bytes:
    return to_jsonld(said, context) if form.name == "jsonld" else serialised(list(said.triples), form)


def _thing(answers: Answers, kind: str, key: str) -> str:
    try:
        return thing_iri(kind, key)
    except NotFound as error:
        raise missing(answers.reader(), kind, key) from error


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
            raise missing(answers.reader(), kind, key) from error
        raise nothing_listed(reader, thing, str(error)) from error


def _location(kind: str, key: str, chosen: Wanted, form: Format, property_page: tuple[str, int] | None = None) -> str:
    """Return the path that leads to what was chosen and to nothing else."""
    profile = "alt" if chosen.profile is None else chosen.profile.token
    path = f"/doc/{kind}/{key}.{form.name}?_profile={profile}"
    return (
        path if property_page is None else f"{path}&property={property_name(property_page[0])}&page={property_page[1]}"
    )


def _see_other(target: str, varies: tuple[str, ...]) -> Response:
    response = cast("Response", redirect(target, 303))
    response.headers["Vary"] = ", ".join(varies)
    response.headers["Cache-Control"] = "no-cache"
    return response
