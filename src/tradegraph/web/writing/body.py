"""The body of a write: unpacked, and as documents in RDF syntaxes."""

import io
import zlib
from collections.abc import Iterator
from typing import Final

import zstandard
from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from tradegraph.errors import StoreUnavailable
from tradegraph.web.problems import RequestError
from tradegraph.web.sparql import UNREAD
from tradegraph.web.waiting import SHARE, Share
from tradegraph.writing.asked import Body

TRIPLES: Final = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "text/plain": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "application/json": "application/ld+json",
    "application/trig": "application/trig",
    "application/n-quads": "application/n-quads",
}
"""The RDF syntaxes that are read, by every media type that goes for them."""
QUADS: Final = frozenset({"application/trig", "application/n-quads", "application/ld+json"})
"""Those of them that can name graphs."""
_FORM: Final = "multipart/form-data"
_EXTENSIONS: Final = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
}
_MOST_FILES: Final = 1000
_PIECE: Final = 256 * 1024
_SLICE: Final = 16 * 1024
"""Bytes given to the gzip decoder at a time: what it leaves over is copied, for each part of a body."""
_SIP: Final = 256
"""Bytes given to the zstd decoder at a time, which can stand for 128 KiB in every four (RFC 8878, section 3.1.1.2)."""
_ZSTD_WINDOW: Final = 8 * 1024 * 1024
"""What a frame may want of memory, as this coding has it (RFC 9659, section 3)."""
_MOST_PARTS: Final = 5_000
"""Members of gzip, or frames of zstd: each costs the making of a decoder, and one of them can be of nothing."""
_WAIT_S: Final = 10.0


def unpacked(most: int) -> bytes:
    """Return the body of the present request, its content coding undone. RequestError 400, 413 or 415.

    `most` bytes of it at most, both before and after: a few bytes can stand for gigabytes.
    """
    # The server has read no more than one byte past that. Without a number, Flask would take its own, for queries.
    request.max_content_length = most + 1
    body = request.get_data(cache=False, parse_form_data=False)
    if request.environ.get(UNREAD) or len(body) > most:
        raise _too_large(most)
    share: Share | None = request.environ.get(SHARE)
    for coding in reversed(_codings()):
        pieces, size = [], 0
        try:
            for piece in _CODINGS[coding](body):
                size += len(piece)
                if size > most:
                    raise _too_large(most)
                if share is not None and not share.wait(len(body) + size, _WAIT_S):
                    raise StoreUnavailable("Too many large bodies are being worked on.", "Send it again in a while.")
                pieces.append(piece)
        except (zlib.error, zstandard.ZstdError, EOFError) as error:
            raise RequestError(400, f"The body is not {coding}, or not whole.", "Send it again.") from error
        body = b"".join(pieces)
    return body


def documents(body: bytes, base_iri: str) -> tuple[Body, ...]:
    """Return the documents in a body: itself, or the files of a form. RequestError 400 or 415 that lists the types."""
    media_type, options = parse_options_header(request.headers.get("Content-Type"))
    if media_type != _FORM:
        return (Body(_syntax(media_type, options), body, base_iri),)
    # What comes before the first part means nothing (RFC 2046, section 5.1.1), and would be searched again and again.
    start = body.find(b"--" + options.get("boundary", "").encode())
    if start < 0:
        raise RequestError(400, "The form has no part.", "Check its boundary.")
    parser = FormDataParser(lambda *_, **__: io.BytesIO(), max_form_parts=_MOST_FILES, silent=False)
    try:
        _, fields, files = parser.parse(io.BytesIO(body[start:]), _FORM, len(body) - start, options)
    except ValueError as error:
        raise RequestError(400, "The form is not multipart/form-data.", "Check its boundary.") from error
    if fields:
        name = next(iter(fields))
        raise RequestError(400, f"The form has a field “{name}” that is no file.", "Send files only.")
    found = tuple(Body(_syntax_of_file(one), one.stream.read(), base_iri) for _, ones in files.lists() for one in ones)
    if not found:
        raise RequestError(400, "There is no file in the form.", "Send at least one, with a Content-Type.")
    return found


def _syntax_of_file(file: FileStorage) -> str:
    media_type, options = parse_options_header(file.headers.get("Content-Type"))
    if media_type in ("", "application/octet-stream", "text/plain"):
        # What browsers say of files that they do not know.
        name = (file.filename or "").lower()
        media_type = next((known for end, known in _EXTENSIONS.items() if name.endswith(end)), media_type)
    return _syntax(media_type, options)


def _syntax(media_type: str, options: dict[str, str]) -> str:
    charset = options.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RequestError(415, f"Text in {charset} cannot be read.", "Send UTF-8.")
    known = TRIPLES.get(media_type.lower())
    if known is None:
        listed = ", ".join(sorted(set(TRIPLES.values())))
        raise RequestError(
            415,
            f"A body of type {media_type or 'nothing'} cannot be read here.",
            f"Say what it is in Content-Type: {listed}.",
            {"Accept-Post": listed},
        )
    return known


def _codings() -> list[str]:
    named = [one.strip().lower() for one in request.headers.get("Content-Encoding", "").split(",") if one.strip()]
    codings = [one for one in named if one != "identity"]
    for one in codings:
        if one not in _CODINGS:
            offered = "gzip, zstd"
            raise RequestError(
                415, f"The coding {one} cannot be undone.", f"There are: {offered}.", {"Accept-Encoding": offered}
            )
    if len(codings) > 1:
        raise RequestError(415, "The body is packed more than once.", "Pack it once.")
    return codings


def _gunzipped(body: bytes) -> Iterator[bytes]:
    """Yield what a body of gzip members holds (RFC 1952, section 2.2), in time that grows with its length alone."""
    at = 0
    for _ in range(_MOST_PARTS):
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while not unpacker.eof:
            rest = unpacker.unconsumed_tail
            if not rest:
                rest = body[at : at + _SLICE]
                at += len(rest)
            piece = unpacker.decompress(rest, _PIECE)
            if not piece and not rest and not unpacker.eof:
                raise EOFError
            yield piece
        at -= len(unpacker.unused_data)
        if at == len(body):
            return
    raise _too_many_parts()


def _unzstandard(body: bytes) -> Iterator[bytes]:
    """Yield what a body of zstd frames holds (RFC 8878, section 3.1), in time that grows with its length alone."""
    unpackers = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    at = 0
    for _ in range(_MOST_PARTS):
        if zstandard.get_frame_parameters(body[at : at + _SIP]).window_size > _ZSTD_WINDOW:
            raise RequestError(
                400, f"The body wants a window of more than {_ZSTD_WINDOW} bytes (RFC 9659).", "Pack it at level 19."
            )
        unpacker = unpackers.decompressobj()
        while not unpacker.eof:
            if at == len(body):
                raise EOFError
            sip = body[at : at + _SIP]
            at += len(sip)
            yield unpacker.decompress(sip)
        at -= len(unpacker.unused_data)
        if at == len(body):
            return
    raise _too_many_parts()


def _too_many_parts() -> RequestError:
    return RequestError(400, f"The body is packed in more than {_MOST_PARTS} parts.", "Pack it as one.")


def _too_large(most: int) -> RequestError:
    return RequestError(413, f"The body is larger than {most} bytes, unpacked.", "Send it in parts.")


_CODINGS: Final = {"gzip": _gunzipped, "x-gzip": _gunzipped, "zstd": _unzstandard}
