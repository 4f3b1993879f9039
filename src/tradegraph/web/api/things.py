"""Things and relations for programs: a thing as JSON-LD, the things of a kind, typed relations with sources."""

import difflib
import json
import re
import threading
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.errors import NotFound
from tradegraph.explore import describe
from tradegraph.explore.describe import thing_iri
from tradegraph.explore.kinds import KINDS, OTHER, kind_of
from tradegraph.explore.passages import Passage
from tradegraph.explore.reading import Reader
from tradegraph.explore.relation_list import PAGE_SIZE, Direction, Relation, relations
from tradegraph.languages import LANGUAGES
from tradegraph.namespaces import DEF, ID, shrink
from tradegraph.web.api.asking import forward
from tradegraph.web.api.values import meant
from tradegraph.web.frame import check_parameters
from tradegraph.web.negotiation import PROFILES
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

LIST_SIZE: Final = 100
_MOST_KEPT: Final = 200_000
_LAST_PAGE: Final = 1_000_000
_LISTED: Final = """\
SELECT DISTINCT ?thing {{ ?thing a ?class
    FILTER (STRSTARTS(STR(?thing), "{folder}") && !CONTAINS(STR(?thing), "#")) }} ORDER BY ?thing"""
_LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class KindLists:
    """The things of a kind, found once and kept while they are not too many: a release is frozen."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()
        self._forgotten = 0

    def forget(self) -> None:
        """Drop what is kept: something was written."""
        with self._lock:
            self._kept.clear()
            self._forgotten += 1

    def of(self, reader: Reader, kind: str) -> tuple[str, ...]:
        """Return the IRIs of the things of a kind (one that the release has), in order."""
        with self._lock:
            found, era = self._kept.get(kind), self._forgotten
        if found is None:
            rows = reader.rows(_LISTED.format(folder=f"{ID}{kind}/"))
            found = tuple(term.value for row in rows if isinstance(term := row["thing"], ox.NamedNode))
            with self._lock:
                if era == self._forgotten and len(found) + sum(map(len, self._kept.values())) <= _MOST_KEPT:
                    self._kept[kind] = found
        return found


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("api_things", __name__)
    lists = KindLists()
    site.endpoint.revision.on_write(lists.forget)

    @routes.get("/api/things/<kind>/<key>")
    def thing(kind: str, key: str) -> Response:
        check_parameters(request.args, ("profile",))
        profile = request.args.get("profile") or PROFILES[0].token
        if profile not in {name for row in PROFILES for name in (row.token, row.iri)}:
            listed = ", ".join(row.token for row in PROFILES)
            raise RequestError(400, f"profile={profile} cannot be used.", f"There are: {listed}.")
        try:
            thing_iri(kind, key)
        except NotFound as error:
            raise RequestError(404, str(error), "Give kind/key, such as territory/idn.") from error
        return forward(f"/doc/{kind}/{key}.jsonld", [("_profile", profile)])

    @routes.get("/api/things/<kind>")
    def things(kind: str) -> Response:
        check_parameters(request.args, ("page",))
        page = _page()
        reader = site.reader()
        found = lists.of(reader, kind) if kind in KINDS else ()
        if not found:
            raise RequestError(
                404,
                f"This release has no things of a kind “{kind}”.",
                f"There are: {', '.join(describe.kinds(reader))}.",
            )
        _check_page(page, len(found), LIST_SIZE)
        return site.send("en", lambda: _things(site, kind, found, page), "application/json")

    @routes.get("/api/relations")
    def relation_list() -> Response:
        check_parameters(request.args, ("thing", "property", "direction", "page"))
        page, direction = _page(), _direction()
        reader, thing, name = site.reader(), _thing(site.reader()), _property(site)
        return site.send("en", lambda: _relations(site, reader, thing, name, direction, page), "application/json")

    return routes


def _things(site: Site, kind: str, found: tuple[str, ...], page: int) -> str:
    shown = found[(page - 1) * LIST_SIZE : page * LIST_SIZE]
    labels = _labels(site, shown)
    row = KINDS.get(kind, OTHER)
    members: dict[str, object] = {
        "release": site.endpoint.release.identifier,
        "kind": kind,
        "label": {"nl": row.many.nl, "en": row.many.en},
        **_paging(len(found), page, LIST_SIZE, f"/api/things/{kind}?"),
        "things": [_member(iri, labels) for iri in shown],
    }
    return json.dumps(members, ensure_ascii=False) + "\n"


def _relations(site: Site, reader: Reader, thing: str, name: str, direction: Direction | None, page: int) -> str:
    found = relations(reader, thing, name, direction, page)
    _check_page(page, found.total, PAGE_SIZE)
    iris = {iri for one in found.relations for iri in (one.subject, one.property, *_iris(one), *one.records)}
    iris |= {iri for iri, _ in found.counts}
    labels = _labels(site, [thing, *sorted(iris)] if thing else sorted(iris))
    passages = site.passages.of(reader, [iri for one in found.relations for iri in one.passages])
    kept = [
        ("thing", thing.removeprefix(ID)),
        ("property", shrink(name) if name else ""),
        ("direction", direction or ""),
    ]
    address = "/api/relations?" + "".join(f"{key}={value}&" for key, value in kept if value)
    members: dict[str, object] = {
        "release": site.endpoint.release.identifier,
        "thing": _member(thing, labels) if thing else None,
        "counts": [
            {"property": shrink(iri), "iri": iri, "label": labels[iri], "count": count} for iri, count in found.counts
        ],
        **_paging(found.total, page, PAGE_SIZE, address),
        "relations": [
            {
                "subject": _member(one.subject, labels),
                "property": {"property": shrink(one.property), "iri": one.property, "label": labels[one.property]},
                "object": _object(one, labels),
                "derived": bool(one.rule),
                "rule": one.rule or None,
                "records": [_member(iri, labels) for iri in one.records],
                "passages": [_passage(iri, passages) for iri in one.passages],
            }
            for one in found.relations
        ],
    }
    return json.dumps(members, ensure_ascii=False) + "\n"


def _iris(relation: Relation) -> tuple[str, ...]:
    return (relation.object.value,) if isinstance(relation.object, ox.NamedNode) else ()


def _object(relation: Relation, labels: dict[str, dict[str, str]]) -> dict[str, object]:
    value = relation.object
    if isinstance(value, ox.NamedNode):
        return _member(value.value, labels)
    found: dict[str, object] = {"value": value.value, "datatype": value.datatype.value}
    return found | ({"language": value.language} if value.language else {})


def _passage(iri: str, passages: Mapping[str, Passage]) -> dict[str, object]:
    known = passages.get(iri)
    if known is None:
        return {"iri": iri}
    document = known.document
    said: dict[str, object] = {"iri": iri, "locator": dict(known.locator), "paraphrase": dict(known.paraphrase)}
    if document is not None:
        said["document"] = {
            "iri": document.iri,
            "identifier": document.identifier,
            "official": document.official or None,
        }
    return said


def _labels(site: Site, iris: list[str] | tuple[str, ...]) -> dict[str, dict[str, str]]:
    names = {language: site.named(iris, language) for language in LANGUAGES}
    return {
        iri: {language: name.text for language in LANGUAGES if not (name := names[language][iri]).language}
        for iri in iris
    }


def _member(iri: str, labels: dict[str, dict[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {"iri": iri, "label": labels.get(iri, {})}
    if iri.startswith(ID):
        found |= {"kind": kind_of(iri).key or None, "key": iri.removeprefix(ID).partition("/")[2]}
    return found


def _paging(total: int, page: int, size: int, address: str) -> dict[str, object]:
    pages = max(1, -(-total // size))
    return {
        "total": total,
        "page": page,
        "pages": pages,
        "next": f"{address}page={page + 1}" if page < pages else None,
    }


def _page() -> int:
    text = request.args.get("page") or "1"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= _LAST_PAGE:
        raise RequestError(400, f"page={text} cannot be used.", f"Give a whole number from 1 to {_LAST_PAGE}.")
    return int(text)


def _check_page(page: int, total: int, size: int) -> None:
    last = max(1, -(-total // size))
    if page > last:
        raise RequestError(404, f"There is no page {page}.", f"{total} make {last} pages of {size}.")


def _direction() -> Direction | None:
    text = request.args.get("direction")
    if text == "out":
        return "out"
    if text == "in":
        return "in"
    if text:
        raise RequestError(400, f"direction={text} cannot be used.", "Give out or in, or leave it out for both.")
    return None


def _thing(reader: Reader) -> str:
    text = (request.args.get("thing") or "").removeprefix(ID)
    if not text:
        return ""
    kind, _, key = text.partition("/")
    try:
        iri = thing_iri(kind, key)
    except NotFound as error:
        raise RequestError(400, f"thing={text} is no kind/key.", "Give kind/key, such as territory/idn.") from error
    if not describe.exists(reader, iri):
        raise RequestError(404, f"This release says nothing of {text}.", meant(iri, kind, reader))
    return iri


def _property(site: Site) -> str:
    text = request.args.get("property") or ""
    if not text:
        return ""
    name = text.removeprefix(DEF).removeprefix("tg:")
    if not _LOCAL.fullmatch(name):
        raise RequestError(400, f"property={text} is no property.", "Give a name such as tg:ledBy.")
    known = [term.name.removeprefix("tg:") for term in site.vocabulary.properties if term.front_door]
    if name not in known:
        meant = difflib.get_close_matches(name, known, 3) or sorted(known)
        raise RequestError(404, f"There is no direct relation “{text}”.", f"There are: {', '.join(meant)}.")
    return DEF + name
