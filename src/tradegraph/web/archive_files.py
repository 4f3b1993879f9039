"""Addresses of the site as files of its static copy, and links between them.

A file may be opened from any folder of any web server, or from a disk: every link in it is relative. What only a living
site can answer (a search, a query, a filter) has no file.
"""

import posixpath
import re
from collections.abc import Callable
from html import unescape
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

COPIED: Final = frozenset({"format", "page", "part", "property", "view"})
"""Parameters with few values, whose pages are copied too; an address with any other is left to the living site."""
HELP: Final = "copy.html"
"""The file, in the folder of each language, that says what the copy cannot do."""
_FOLDERS: Final = ("nl", "en", "id", "doc", "def", "shapes", "graph", "profile", "static", "dump", "changes", "api")
_LIVE: Final = re.compile(r"/(?:nl|en)/(?:sparql|search|connections|graph|cite|q|embed)\b|/(?:sparql|oembed|q|api)\b")
_EXTENSIONS: Final = {
    "text/html": "html",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "application/trig": "trig",
    "application/rdf+xml": "rdf",
    "application/json": "json",
    "application/atom+xml": "atom",
    "text/csv": "csv",
    "image/svg+xml": "svg",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
_ATTRIBUTE: Final = re.compile(r'(\s(?:href|src|action|data-force|poster)=")(/(?!/)[^"]*|\?[^"]*)(")')
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._~=,+-]")


def is_copied(address: str) -> bool:
    """Say whether an address (path and query, from the root of the site) is part of the copy."""
    parts = urlsplit(address)
    if parts.path not in ("/", "/context.jsonld") and parts.path.split("/")[1].partition(".")[0] not in _FOLDERS:
        return False
    if _LIVE.match(parts.path):
        return False
    return all(name in COPIED for name, _ in parse_qsl(parts.query, keep_blank_values=True))


def file_of(address: str, media_type: str) -> str:
    """Return the file of an address, relative to the root of the copy: `nl/mission/oslo.html`.

    Two addresses never share a file: the query becomes part of the name.
    """
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    extension = _EXTENSIONS.get(media_type, "")
    if not path or path.endswith("/"):
        path += "index"
    elif extension and path.endswith(f".{extension}"):
        path = path.removesuffix(f".{extension}")
    elif "." in posixpath.basename(path) and not extension:
        extension, path = posixpath.basename(path).rpartition(".")[2], path.rpartition(".")[0]
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    asked = "".join(f",{_UNSAFE.sub('_', name)}={_UNSAFE.sub('_', value)}" for name, value in pairs)
    return f"{path}{asked}" + (f".{extension}" if extension else "")


def links_in(html: str, address: str) -> list[str]:
    """Return the addresses within the site that a page at `address` leads to, fragments taken off, each once."""
    found = (_absolute(unescape(match[1]), address) for match in (m.group(1, 2) for m in _ATTRIBUTE.finditer(html)))
    return list(dict.fromkeys(one.partition("#")[0] for one in found if one))


def relinked(html: str, address: str, file: str, target: Callable[[str], str | None], live: str) -> str:
    """Return a page with its links made relative to `file`.

    `target` returns the file of an address in the copy, None for one that is not in it; those lead to the same address
    under `live` (the address of the living site), or to the help page where `live` is empty.
    """
    folder = posixpath.dirname(file)
    language = "en" if address.startswith("/en/") else "nl"

    def replaced(match: re.Match[str]) -> str:
        wanted, hash_, fragment = _absolute(unescape(match.group(2)), address).partition("#")
        found = target(wanted)
        if found is not None:
            href = posixpath.relpath(found, folder or ".") + hash_ + fragment
        elif live:
            href = live.rstrip("/") + wanted + hash_ + fragment
        else:
            href = posixpath.relpath(f"{language}/{HELP}", folder or ".")
        return f"{match.group(1)}{href.replace('&', '&amp;')}{match.group(3)}"

    return _ATTRIBUTE.sub(replaced, html)


def _absolute(link: str, address: str) -> str:
    return urlsplit(address).path + link if link.startswith("?") else link
