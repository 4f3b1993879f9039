"""One file for download: its header fields, ranges (RFC 9110, section 14) and content coding (section 8.4)."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from tradegraph.publish.catalogue import LICENCE, Download
from tradegraph.web import encoding
from tradegraph.web.cache import matches
from tradegraph.web.publishing.shelf import CHECKSUMS, Files

_TEXTS: Final = {
    "CITATION.cff": "text/plain; charset=utf-8",
    "README.txt": "text/plain; charset=utf-8",
    "catalogue.ttl": "text/turtle; charset=utf-8",
    "catalogue.jsonld": "application/ld+json",
    CHECKSUMS: "text/plain; charset=utf-8",
}
"""The files beside the data, which a browser shows; the others it saves."""
_CODED: Final = ("text/", "application/ld+json", "application/graphml+xml", "application/csvm+json")
_SMALLEST_CODED: Final = 1024
_CHUNK: Final = 256 * 1024
_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
"""One part; several at once, and other units, are passed over as section 14.2 permits."""


def media_type_of(path: str, download: Download | None) -> str:
    """Return the media type with which a file is sent: of a packed file, that of the packing."""
    if download is None:
        return _TEXTS[path]
    if download.packed:
        return "application/gzip"
    return download.media_type + ("; charset=utf-8" if download.media_type.startswith("text/") else "")


def file_response(files: Files, path: str, identifier: str) -> Response:
    """Send a file whose path is one of those of the release: whole, one part of it, coded, or 304.

    It never changes, so it may be kept for a year; not in the server's own memory, from which no part can be had.
    Raises the 416 of werkzeug for a part that lies past its end.
    """
    place = files.folder / path
    size = place.stat().st_size
    download = next((one for one in files.downloads if one.path == path), None)
    content_type = media_type_of(path, download)
    part = _RANGE.fullmatch(request.headers.get("Range", ""))
    coding = encoding.choose(request.headers.get("Accept-Encoding")) if content_type.startswith(_CODED) else None
    # A part is one of the file as it is; and what is small is not worth it.
    if part is not None or size < _SMALLEST_CODED:
        coding = None
    # A strong tag is of the bytes as they are sent (RFC 9110, section 8.8.3).
    tag = f'"{files.digests.get(path, f"{identifier}-sums")[:32]}{"" if coding is None else "-" + coding}"'
    fields = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "max-age=31536000, immutable",
        "Content-Disposition": _disposition(path, identifier, download),
        "Content-Type": content_type,
        "ETag": tag,
        "Link": f'</dump/{identifier}/>; rel="collection", <{LICENCE}>; rel="license"',
        "Vary": "Accept-Encoding",
    }
    sent = request.headers.get("If-None-Match")
    if sent is not None and matches(sent, tag):
        return Response(status=304, headers=fields)
    if coding is not None:
        return Response(
            encoding.encode_stream(_chunks(place, 0, size), coding), headers={**fields, "Content-Encoding": coding}
        )
    # Without If-Range, or when the file is still the same (section 13.1.5); it always is, but not of another release.
    if part is None or request.headers.get("If-Range", tag) != tag:
        return _bytes(place, 0, size, 200, fields)
    start, end = _bounds(part, size)
    if start >= end:
        raise RequestedRangeNotSatisfiable(size)
    return _bytes(place, start, end, 206, {**fields, "Content-Range": f"bytes {start}-{end - 1}/{size}"})


def _bounds(part: re.Match[str], size: int) -> tuple[int, int]:
    """Return the first byte and the one after the last of a part: `bytes=0-99`, `bytes=100-`, `bytes=-100`."""
    first, last = part.groups()
    if not first:
        return (max(0, size - int(last)), size) if last else (size, size)
    return int(first), min(size, int(last) + 1) if last else size


def _bytes(place: Path, start: int, end: int, status: int, fields: Mapping[str, str]) -> Response:
    length = end - start
    response = Response(_chunks(place, start, length), status, headers=fields)
    response.content_length = length
    return response


def _chunks(place: Path, start: int, length: int) -> Iterator[bytes]:
    with place.open("rb") as file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _disposition(path: str, identifier: str, download: Download | None) -> str:
    """Name the file so that those of two releases can lie in one folder (RFC 6266)."""
    name = PurePosixPath(path)
    if download is None:
        return f'inline; filename="{name.name}"'
    stem, dot, rest = name.name.partition(".")
    prefix = "" if stem.startswith("tradegraph") else "tradegraph-"
    return f'attachment; filename="{prefix}{stem}-{identifier}{dot}{rest}"'
