"""How to refer to a page of this site, and to the document that it is about: a page, and files for reference managers.

`/nl/cite?of=/nl/mission/2025-06-indonesia`; `/cite.bib?of=…`, `.ris`, `.json` (CSL) and `.txt` (APA).
"""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, current_app, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tradegraph.explore.describe import Texts, exists
from tradegraph.explore.kinds import KINDS
from tradegraph.languages import LANGUAGES, Language
from tradegraph.media_types import HTML
from tradegraph.namespaces import ID
from tradegraph.publish.citations import Work, apa, bibtex, csl_json, ris
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site
from tradegraph.web.sparql import ABANDONED

_LONGEST: Final = 8_000
_HOPS: Final = 3
_THING: Final = re.compile(r"/(?:nl|en)/([a-z][a-z0-9-]*)/([A-Za-z0-9._~-]+)")
_OURS: Final = "tradegraph"
_WHAT: Final = ("page", "document")
_SELF: Final = re.compile(r"/(?:(?:nl|en)/)?cite(?:$|[.?/])")
# Redirects inside this site, from an identifier to its page.
_LED: Final = frozenset({301, 302, 303, 307, 308})


class _Title(HTMLParser):
    """Reads the title of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and not self.title:
            self.title = data.strip()


_WRITERS: Final[Mapping[str, tuple[str, Callable[[Work], str]]]] = {
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl_json),
}


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("publishing_cite", __name__)

    @routes.get("/<any(nl, en):language>/cite")
    def page(language: Language) -> Response:
        check_parameters(request.args, ("of",))
        path = _asked()
        work = _of_page(site, path, language)
        document = _of_document(site, path)
        return site.page(
            "cite.html",
            language,
            lambda: {
                "of": path,
                "work": work,
                "references": [
                    (what, one, apa(one, language), _files(path, what, language), bibtex(one))
                    for what, one in (("page", work), ("document", document))
                    if one is not None
                ],
            },
        )

    @routes.get("/cite.<any(bib, ris, json, txt):form>")
    def file(form: str) -> Response:
        check_parameters(request.args, ("of", "what", "lang"))
        path, language, what = _asked(), _language(), request.args.get("what") or "page"
        if what not in _WHAT:
            raise RequestError(400, f"what={what} cannot be used.", f"There are: {', '.join(_WHAT)}.")
        work = _of_page(site, path, language) if what == "page" else _of_document(site, path)
        if work is None:
            raise RequestError(404, f"{path} is not the page of a document.", "Leave out what=document.")
        if form == "txt":
            return site.send(language, lambda: apa(work, language) + "\n", "text/plain")
        media_type, write = _WRITERS[form]
        disposition = f'attachment; filename="{work.key}.{form}"'
        return site.send(language, lambda: write(work), media_type, Content_Disposition=disposition)

    return routes


def _asked() -> str:
    """Return the path, with its parameters, that is to be cited; RequestError for what is no path of ours."""
    path = request.args.get("of") or ""
    if not path:
        raise RequestError(400, "There is nothing to cite.", "Give the address of a page: of=/en/mission/….")
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise RequestError(400, "That is no address of this site.", "Give a path, such as /en/mission/….")
    if len(path) > _LONGEST:
        raise RequestError(414, "The address is too long.", "Freeze the answer first; cite its short address.")
    if _SELF.match(path):
        raise RequestError(404, "A citation cannot be cited.", "Give the address of the page itself.")
    return path


def _language() -> Language:
    text = request.args.get("lang")
    if text and text not in LANGUAGES:
        raise RequestError(400, f"lang={text} cannot be used.", "Give nl or en.")
    return "en" if text == "en" else "nl" if text == "nl" else language_of_request()


def _of_page(site: Site, path: str, language: Language) -> Work:
    """Return the page as a work of tradegraph; a thing under its permanent address, with its name in `language`."""
    release = site.endpoint.release.identifier
    home = (site.endpoint.settings.base_url or request.host_url).rstrip("/")
    thing = _THING.fullmatch(path)
    if thing is not None and thing[1] in KINDS:
        iri = f"{ID}{thing[1]}/{thing[2]}"
        if not exists(site.reader(), iri):
            raise RequestError(
                404, f"There is no {thing[1]} “{thing[2]}” in this release.", "Cite a page that is there."
            )
        name = site.named([iri], language)[iri]
        return Work("data", name.text, iri, (_OURS,), release=release, language=name.language or language)
    return Work("page", _title(path), home + path, (_OURS,), release=release, language=language)


def _of_document(site: Site, path: str) -> Work | None:
    """Return the document that a page is about, as it was published; None for a page of something else."""
    found = _THING.fullmatch(path)
    if found is None:
        return None
    iri, reader = f"{ID}{found[1]}/{found[2]}", site.reader()
    version = iri
    if found[1] == "passage":
        passage = site.passages.of(reader, [iri]).get(iri)
        version = passage.document.version if passage is not None and passage.document is not None else ""
    documents = site.passages.documents(reader)
    document = next((one for one in documents.values() if iri == one.iri or version == one.version), None)
    if document is None:
        return None
    via = document.issued_via
    issuer = (site.named([via], "nl")[via].text,) if via else ()
    return Work(
        "document",
        _dutch(document.name) or document.identifier,
        document.official or document.iri,
        issuer,
        document.issued,
        document.identifier,
        language="nl",
    )


def _dutch(texts: Texts) -> str:
    """Return a title in the language of the documents, else in another."""
    return next((texts[language] for language in ("nl", "", "en") if language in texts), "")


def _files(path: str, what: str, language: Language) -> list[tuple[str, str, str]]:
    pairs = [("of", path), *([("what", what)] if what != "page" else []), ("lang", language)]
    labels = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON", "txt": "APA"}
    return [(name, label, f"/cite.{name}?{urlencode(pairs)}") for name, label in labels.items()]


def _title(path: str) -> str:
    """Return the title of the page at `path`, asked inside the process; RequestError 404 where there is none."""
    for _ in range(_HOPS):
        status, location, body = _fetched(path)
        if status == 200:
            reader = _Title()
            reader.feed(body)
            return reader.title.removesuffix("· tradegraph").strip() or path
        if status not in _LED or not location.startswith("/") or location.startswith("//") or _SELF.match(location):
            break
        path = location
    raise RequestError(404, "There is no such page here.", "Cite a page that can be opened.")


def _fetched(path: str) -> tuple[int, str, str]:
    inherited: dict[str, object] = {
        key: request.environ[key]
        for key in (ABANDONED, "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_ACCEPT_LANGUAGE")
        if key in request.environ
    }
    parts = urlsplit(path)
    builder = EnvironBuilder(
        parts.path, method="GET", query_string=parts.query, headers=[("Accept", HTML)], environ_overrides=inherited
    )
    body, status, headers = run_wsgi_app(current_app.wsgi_app, builder.get_environ())
    media_type = headers.get("Content-Type", "").partition(";")[0]
    read = b""
    try:
        for chunk in body:
            read += chunk
            # The title stands at the top of a page; files need not be read at all.
            if media_type != HTML or b"</title>" in read:
                break
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
    return (
        int(status.split()[0]),
        headers.get("Location", ""),
        read.decode("utf-8", "replace") if media_type == HTML else "",
    )
