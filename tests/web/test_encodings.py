"""Content codings (RFC 9110, section 8.4): gzip and zstd."""

import gzip
import json
import zlib
from collections.abc import Iterator

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tradegraph.web.encoding import choose, encode, encode_stream
from web.conftest import COUNT, LONG, Client, Reply

ALL = "SELECT * { ?s ?p ?o } ORDER BY ?s"
STREAMED = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
CODINGS = ("gzip", "zstd")


class Decoder:
    """Decodes what has come so far; `ended` says whether the end mark was among it."""

    def __init__(self, coding: str) -> None:
        self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 16) if coding == "gzip" else None
        self._zstd = zstandard.ZstdDecompressor().decompressobj()

    def feed(self, data: bytes) -> bytes:
        return self._zstd.decompress(data) if self._gzip is None else self._gzip.decompress(data)

    @property
    def ended(self) -> bool:
        return self._zstd.eof if self._gzip is None else self._gzip.eof


def decoded(reply: Reply) -> bytes:
    decoder = Decoder(reply.headers["content-encoding"])
    body = decoder.feed(reply.body)
    assert decoder.ended
    return body


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("gzip; q=0.2, zstd ; q=0.3", "zstd"),
        ("gzip;q=0", None),
        ("gzip;q=0, zstd", "zstd"),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("br", None),
        ("*", None),
        ("gzip;q=much", None),
        ("gzip;q=nan", None),
        (",;,", None),
    ],
)
def test_the_coding_is_the_one_wanted_most(header: str | None, coding: str | None) -> None:
    assert choose(header) == coding


@given(st.text())
def test_no_header_upsets_the_choice(header: str) -> None:
    assert choose(header) in (None, *CODINGS)


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("query", [ALL, STREAMED])
def test_a_coded_answer_decodes_to_the_plain_one(client: Client, coding: str, query: str) -> None:
    plain = client.get_with({"Accept-Encoding": "identity"}, query)
    assert "content-encoding" not in plain.headers
    coded = client.get_with({"Accept-Encoding": coding}, query)
    assert coded.headers["content-encoding"] == coding
    assert len(coded.body) < len(plain.body) / 3
    assert "Accept-Encoding" in coded.headers["vary"]
    assert json.loads(decoded(coded)) == json.loads(plain.body)


def test_head_has_the_same_coding(client: Client) -> None:
    for coding in CODINGS:
        reply = client.send(
            "HEAD", "/sparql?query=" + "SELECT%20*%7B%3Fs%20%3Fp%20%3Fo%7D", None, {"Accept-Encoding": coding}
        )
        assert (reply.headers["content-encoding"], reply.body) == (coding, b"")


def test_a_short_answer_is_not_worth_coding(client: Client) -> None:
    reply = client.get_with({"Accept-Encoding": "gzip"}, COUNT + "# short")
    assert "content-encoding" not in reply.headers
    assert json.loads(reply.body)["complete"] is True


@pytest.mark.parametrize("coding", CODINGS)
def test_the_first_rows_of_an_answer_can_be_decoded_before_its_end(client: Client, coding: str) -> None:
    decoder = Decoder(coding)
    with client.raw(LONG, f"Accept-Encoding: {coding}", format="csv") as connection:
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(1 << 16)
        head, _, rest = received.partition(b"\r\n\r\n")
        assert f"content-encoding: {coding}".encode() in head.lower()
        while rest.count(b"\r\n") == 0 or len(rest) < 100:
            rest += connection.recv(1 << 16)
        size, _, coded = rest.partition(b"\r\n")
        first_chunk = coded[: int(size, 16)]
        assert decoder.feed(first_chunk).startswith(b"a,b,c,d,e,f,g,h,i\r\n")
        assert not decoder.ended


@pytest.mark.parametrize("coding", CODINGS)
@settings(deadline=None)
@given(chunks=st.lists(st.binary(max_size=3000), max_size=6))
def test_a_coded_stream_decodes_to_its_chunks(coding: str, chunks: list[bytes]) -> None:
    decoder = Decoder(coding)
    body = b"".join(decoder.feed(piece) for piece in encode_stream(chunks, coding) if piece)
    assert (body, decoder.ended) == (b"".join(chunks), True)


@pytest.mark.parametrize("coding", CODINGS)
def test_a_stream_that_breaks_off_has_no_end_mark(coding: str) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"first"
        yield b"second" * 10_000
        raise RuntimeError("broken")

    decoder, pieces = Decoder(coding), encode_stream(chunks(), coding)
    assert decoder.feed(next(pieces)) == b"first"
    decoder.feed(next(pieces))
    with pytest.raises(RuntimeError, match="broken"):
        next(pieces)
    assert not decoder.ended


@pytest.mark.parametrize("coding", CODINGS)
def test_the_same_bytes_give_the_same_bytes(coding: str) -> None:
    body = b"the same" * 1000
    assert encode(body, coding) == encode(body, coding)
    assert list(encode_stream([body], coding)) == list(encode_stream([body], coding))


def test_gzip_tells_no_time_and_no_name() -> None:
    coded = encode(b"x" * 2000, "gzip") or b""
    assert (coded[4:8], coded[3]) == (bytes(4), 0)
    assert gzip.decompress(coded) == b"x" * 2000
