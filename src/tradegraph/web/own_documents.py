"""What of ours is no thing: named graphs, ontology, shapes, profiles of descriptions and the JSON-LD context."""

from collections.abc import Iterator
from typing import Final, cast

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from tradegraph.explore.context import Context
from tradegraph.files import Project
from tradegraph.graph.turtle import read_turtle
from tradegraph.media_types import Format
from tradegraph.namespaces import BASE, GRAPH, PREFIXES
from tradegraph.web import encoding
from tradegraph.web.encoding import encode_stream
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.negotiation import FORMS, PROFILES, Wanted, profile_triples, split_suffix, wanted
from tradegraph.web.problems import RequestError
from tradegraph.web.sending import Answers, serialised

_ONTOLOGY: Final = GRAPH + "ontology"
_JSONLD: Final = next(form for form in FORMS if form.name == "jsonld")
_TURTLE: Final = next(form for form in FORMS if form.name == "ttl")
_LINES: Final = next(form for form in FORMS if form.name == "nt")
_PARAMETERS: Final = ("format", "_mediatype")


def blueprint(answers: Answers, context: Context, project: Project) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("own_documents", __name__)
    release = answers.endpoint.release
    shapes: list[ox.Triple] = []

    @routes.get("/graph/<name>")
    def graph(name: str) -> Response:
        check_parameters(request.args, _PARAMETERS)
        name, suffix = split_suffix(name)
        chosen = _chosen(suffix, pages=True)
        form, iri = chosen.form or _TURTLE, GRAPH + name
        if iri not in dict(release.graphs):
            there = ", ".join(one.removeprefix(GRAPH) for one, _ in release.graphs)
            raise RequestError(404, f"There is no graph “{name}” in this release.", f"There are: {there}.")
        if chosen.form is None:
            return _page(f"graph/{name}", chosen)
        fields = {
            "Content-Location": f"/graph/{name}.{form.name}",
            "ETag": answers.tag("graph", name, form.name),
            "Vary": ", ".join((*chosen.varies, "Accept-Encoding")),
            "Cache-Control": "public, no-cache",
            "Content-Type": form.content_type,
        }
        if answers.known(fields["ETag"]):
            return Response(status=304, headers=fields)
        # Forms for datasets are written from the triples, so that these lie in the graph that was asked for.
        written = {"nq": _LINES, "trig": _TURTLE}.get(form.name, form)
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        answer = answers.reader().stream(text, written, tuple(PREFIXES.items()))
        chunks = answer.chunks()
        if form.name == "nq":
            chunks = _quads(chunks, iri)
        elif form.name == "trig":
            chunks = _block(chunks, iri)
        coding = encoding.choose(request.headers.get("Accept-Encoding"))
        if coding is not None:
            fields["Content-Encoding"] = coding
            chunks = encode_stream(chunks, coding)
        if request.method == "HEAD":
            answer.close()
            return Response(headers=fields)
        response = Response(chunks, headers=fields)
        response.call_on_close(answer.close)
        return response

    @routes.get("/def")
    @routes.get("/def.<name>")
    @routes.get("/def/<path:name>")
    def ontology(name: str = "") -> Response:
        check_parameters(request.args, _PARAMETERS)
        if request.path.startswith("/def."):
            name, suffix = split_suffix(f"def.{name}")
            name = ""
        else:
            name, suffix = _part(name)
        chosen = _chosen(suffix, pages=True)
        form = chosen.form or _TURTLE
        triples = answers.reader().triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{_ONTOLOGY}> {{ ?s ?p ?o }} }}")
        if name and name != release.ontology_version:
            iri = ox.NamedNode(f"{BASE}def/{name}") if name.isascii() and name.isprintable() else None
            part = [triple for triple in triples if triple.subject == iri]
            if not part:
                version = release.ontology_version
                raise RequestError(
                    404, f"There is no part or version “{name}”.", f"This is version {version}, at /def."
                )
            triples = part
        if chosen.form is None:
            return _page(_page_of_part(name, release.ontology_version), chosen)
        fields = {"Content-Location": f"/def{'/' + name if name else ''}.{form.name}"}
        return answers.send(lambda: serialised(triples, form), form, chosen, fields)

    @routes.get("/shapes")
    @routes.get("/shapes.<name>")
    def shapes_document(name: str = "") -> Response:
        check_parameters(request.args, _PARAMETERS)
        _, suffix = split_suffix(f"shapes.{name}" if name else "shapes")
        chosen = _chosen(suffix, pages=True)
        if chosen.form is None:
            return _page("shapes", chosen)
        form = chosen.form or _TURTLE
        if not shapes:
            quads = read_turtle(project.shape_files, ox.NamedNode(BASE + "shapes"))
            shapes.extend(ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
        fields = {"Content-Location": f"/shapes.{form.name}"}
        return answers.send(lambda: serialised(shapes, form), form, chosen, fields)

    @routes.get("/profile/<token>")
    def profile(token: str) -> Response:
        check_parameters(request.args, _PARAMETERS)
        token, suffix = split_suffix(token)
        chosen = _chosen(suffix)
        form = chosen.form or _TURTLE
        row = next((row for row in PROFILES if row.token == token), None)
        if row is None:
            there = ", ".join(row.token for row in PROFILES)
            raise RequestError(404, f"There is no profile “{token}”.", f"There are: {there}.")
        found, fields = profile_triples(row), {"Content-Location": f"/profile/{token}.{form.name}"}
        return answers.send(lambda: serialised(found, form), form, chosen, fields)

    @routes.get("/context.jsonld")
    def context_document() -> Response:
        check_parameters(request.args, ())
        chosen = Wanted(_JSONLD, PROFILES[0], addressed=True, varies=())
        return answers.send(context.document, _JSONLD, chosen, {})

    return routes


def _page(path: str, chosen: Wanted) -> Response:
    """Lead a browser to the page in its language; it keeps the fragment of a term (RFC 9110, section 10.2.2)."""
    response = cast("Response", redirect(f"/{language_of_request()}/{path}", 303))
    response.headers["Vary"] = ", ".join((*chosen.varies, "Accept-Language"))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _page_of_part(name: str, version: str) -> str:
    """Return where the page of a part of the ontology is: versions and alignments stand on the page of the whole."""
    folder, _, key = name.rpartition("/")
    if folder == "alignments":
        return f"def#alignments-{key}"
    return "def" if name in ("", version) else f"def/{name}"


def _chosen(suffix: Format | None, *, pages: bool = False) -> Wanted:
    """Return what was asked for, where there are no profiles; a page only where there are `pages`."""
    chosen = wanted(request, suffix, pages=pages)
    return Wanted(chosen.form, None, True, tuple(name for name in chosen.varies if name != "Accept-Profile"))


def _part(name: str) -> tuple[str, Format | None]:
    """Return the name of a part of the ontology and its form; versions have dots of their own."""
    stem, dot, last = name.rpartition(".")
    form = next((one for one in FORMS if dot and one.name == last), None)
    return (name, None) if form is None else (stem, form)


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if rest:
        yield rest


def _quads(chunks: Iterator[bytes], graph: str) -> Iterator[bytes]:
    """Turn N-Triples into N-Quads: each line gets the graph before its full stop."""
    end = f" <{graph}> .\n".encode()
    for line in _lines(chunks):
        if line.strip():
            yield line.rstrip().removesuffix(b".").rstrip() + end


def _block(chunks: Iterator[bytes], graph: str) -> Iterator[bytes]:
    """Turn Turtle into TriG: prefixes first, the rest within the graph (TriG, section 2)."""
    opened = False
    for line in _lines(chunks):
        if not opened and not line.startswith((b"@prefix", b"@base")):
            opened = True
            yield f"<{graph}> {{\n".encode()
        yield line
    yield b"}\n" if opened else f"<{graph}> {{}}\n".encode()
