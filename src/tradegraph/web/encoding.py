"""Content codings (RFC 9110 section 8.4): zstd (RFC 8878) and gzip (RFC 1952), chosen by Accept-Encoding.

The same bytes always give the same bytes. A stream sends its first chunk at once; one that breaks off lacks its end
mark, so that a decoder notices too.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import zstandard

_SMALLEST: Final = 1024
"""Below this size, coding saves less than a packet."""
_GZIP_LEVEL: Final = 5
_ZSTD_LEVEL: Final = 3


def choose(accept_encoding: str | None) -> str | None:
    """Return the coding that the header wants most, `zstd` first where it does not care; None for no coding."""
    wanted: dict[str, float] = {}
    for member in (accept_encoding or "").lower().split(","):
        name, *parameters = (part.strip() for part in member.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            wanted[name] = float(quality)
        except ValueError:
            wanted[name] = 0.0
    best, highest = None, 0.0
    for coding in ("zstd", "gzip"):
        # Not `*`: who names no coding may not know ours.
        if wanted.get(coding, 0.0) > highest:
            best, highest = coding, wanted[coding]
    return best if highest >= wanted.get("identity", 0.0) else None


def encode(body: bytes, coding: str) -> bytes | None:
    """Return `body` coded; None when that is not worth it."""
    if len(body) < _SMALLEST:
        return None
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def encode_stream(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield `chunks` coded; what is raised in between goes up, without an end mark."""
    if coding == "zstd":
        zstd = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
        for number, chunk in enumerate(chunks):
            yield zstd.compress(chunk) + (b"" if number else zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))
        yield zstd.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)
        return
    deflate = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for number, chunk in enumerate(chunks):
        yield deflate.compress(chunk) + (b"" if number else deflate.flush(zlib.Z_SYNC_FLUSH))
    yield deflate.flush(zlib.Z_FINISH)
