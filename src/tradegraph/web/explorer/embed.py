"""Pictures for other sites: a page in a frame with nothing but title, picture, source line and the way back.

Only these pages may be framed. The source line cannot be switched off.
"""

import json
import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from tradegraph.languages import Language
from tradegraph.web.explorer import map_request, statistics_request, timeline_content
from tradegraph.web.explorer.indicator_page import read_indicator
from tradegraph.web.explorer.map_content import read_map
from tradegraph.web.explorer.picture_parts import Picture, base_of
from tradegraph.web.explorer.timeline_content import read_timeline
from tradegraph.web.frame import check_parameters
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site
from tradegraph.web.words import say, words_in

CHROMES: Final = ("full", "minimal")
THEMES: Final = ("auto", "dark", "light")
MORE: Final = ("chrome", "release", "theme")
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
_PATH: Final = re.compile(r"(?:/embed)?/(nl|en)/(map|timeline|connections|statistics/[A-Za-z0-9._~-]+)")
# Pages that have their picture as a file with title and source inside.
_FILES: Final = ("connections",)
_WIDTH, _HEIGHT, _SMALLEST = 720, 560, 200

Maker = Callable[[Site, Language, str, MultiDict[str, str]], Picture | None]


def _map(site: Site, language: Language, _: str, given: MultiDict[str, str]) -> Picture | None:
    return read_map(site, language, map_request.Asked.read(given, MORE)).picture


def _timeline(site: Site, language: Language, _: str, given: MultiDict[str, str]) -> Picture | None:
    return read_timeline(site, language, timeline_content.Asked.read(given, MORE)).picture


def _statistics(site: Site, language: Language, key: str, given: MultiDict[str, str]) -> Picture | None:
    asked = statistics_request.Asked.read(given, MORE)
    found = read_indicator(site, language, key, asked)
    return next(iter(found.pictures), None) if found is not None else None


_MAKERS: Final[Mapping[str, Maker]] = {"map": _map, "timeline": _timeline, "statistics": _statistics}


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_embed", __name__)

    @routes.get("/embed/<any(nl, en):language>/<path:what>")
    def embed(language: Language, what: str) -> Response:
        chrome, theme = _one_of("chrome", CHROMES, "full"), _one_of("theme", THEMES, "auto")
        _check_release(site)
        # The language of a page is the first part of its path, but not of this one.
        shown: dict[str, object] = {
            "language": language,
            "t": SimpleNamespace(**words_in(language)),
            "chrome": chrome,
            "theme": theme,
        }
        if what in _FILES:
            address = _address(f"/{language}/{what}", request.args)
            shown |= {"image": _address(f"/{language}/{what}.svg", request.args), "address": address}
        else:
            picture = _picture(site, language, what, request.args)
            address = picture.address
            shown |= {"picture": picture, "address": address}
        canonical = f'<{base_of(site)}{address}>; rel="canonical"'
        response = site.send(
            language, lambda: render_template("embed.html", base=base_of(site), **shown), Link=canonical
        )
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    @routes.get("/oembed")
    def oembed() -> Response:
        return _oembed(site)

    return routes


def _one_of(name: str, allowed: tuple[str, ...], otherwise: str) -> str:
    value = request.args.get(name) or otherwise
    if value not in allowed:
        raise RequestError(400, f"There is no {name}={value}.", f"There are: {', '.join(allowed)}.")
    return value


def _check_release(site: Site) -> None:
    asked, served = request.args.get("release", ""), site.endpoint.release.identifier
    if asked and asked != served:
        raise RequestError(404, f"Release {asked} is not served here.", f"Leave release out, or ask for {served}.")


def _address(path: str, given: MultiDict[str, str]) -> str:
    """Return the address of a page with its own parameters only."""
    pairs = [(name, value) for name, value in given.items(multi=True) if name not in MORE]
    return path + ("?" + urlencode(pairs) if pairs else "")


def _picture(site: Site, language: Language, what: str, given: MultiDict[str, str]) -> Picture:
    kind, _, rest = what.partition("/")
    maker = _MAKERS.get(kind)
    if maker is None or (kind == "statistics") != bool(rest):
        raise RequestError(
            404, f"“{what}” cannot be embedded.", "There are: connections, map, timeline, statistics/{indicator}."
        )
    picture = maker(site, language, rest, given)
    if picture is None:
        raise RequestError(404, "There is no picture of this.", "Choose another year, country or indicator.")
    return picture


def _oembed(site: Site) -> Response:
    """Answer as oEmbed 1.0 says (sections 2.2 to 2.3.4): a `rich` answer, JSON only; 501 for another format."""
    check_parameters(request.args, ("url", "maxwidth", "maxheight", "format"))
    if request.args.get("format", "json") != "json":
        raise RequestError(501, "There is no oEmbed in that format.", "Ask for format=json.")
    address = urlsplit(request.args.get("url", ""))
    found = _PATH.fullmatch(address.path)
    # Section 2.2: only addresses of this provider; where it is reached from does not matter.
    if not found:
        raise RequestError(
            404, "This address has no picture.", "Give the address of a map, a timeline or an indicator as url."
        )
    language: Language = "nl" if found[1] == "nl" else "en"
    pairs = [pair for pair in parse_qsl(address.query) if pair[0] not in ("chrome", "format")]
    given = MultiDict(pairs)
    title = say(language, "nav_connections") if found[2] in _FILES else _picture(site, language, found[2], given).title
    width, height = _limit("maxwidth", _WIDTH), _limit("maxheight", _HEIGHT)
    query = urlencode([("chrome", "minimal"), *pairs])
    frame = f"{base_of(site)}/embed/{language}/{found[2]}?{query}".replace("&", "&amp;")
    named = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "tradegraph",
        "provider_url": base_of(site) + "/",
        "width": width,
        "height": height,
        "html": f'<iframe src="{frame}" title="{named}" width="{width}" height="{height}" loading="lazy"></iframe>',
    }
    return site.send(language, lambda: json.dumps(answer, ensure_ascii=False), "application/json")


def _limit(name: str, otherwise: int) -> int:
    """Return the width or height: the usual one, or less where the consumer has less room."""
    written = request.args.get(name, "")
    if not written:
        return otherwise
    if not re.fullmatch(r"\d{1,5}", written) or int(written) < _SMALLEST:
        raise RequestError(400, f"{name}={written} is too small, or no number.", f"Give pixels, {_SMALLEST} or more.")
    return min(otherwise, int(written))
