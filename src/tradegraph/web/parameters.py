"""Reading a query operation from an HTTP request (SPARQL 1.1 Protocol, sections 2.1.1 to 2.1.4).

A parameter that is unknown, repeated where it may not be, or unreadable is an error that names it: what is silently
ignored answers another question than was asked.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from tradegraph.media_types import Format, Kind, choose, format_named, formats_for
from tradegraph.settings import Settings
from tradegraph.store import Dataset
from tradegraph.store.interface import MOST_HELD
from tradegraph.web.incoming import Incoming
from tradegraph.web.problems import RequestError

FORM_TYPE: Final = "application/x-www-form-urlencoded"
QUERY_TYPE: Final = "application/sparql-query"
UPDATE_TYPE: Final = "application/sparql-update"
_ONCE: Final = ("query", "format", "timeout", "labels", "rows", "prefixes", "rewrite")
_MANY: Final = ("default-graph-uri", "named-graph-uri")
_CHOICES: Final = {"labels": ("nl", "en"), "prefixes": ("release",), "rewrite": ("on", "off")}

MOST_FIRST_ROWS: Final = MOST_HELD
"""Largest value of `rows`."""


@dataclass(frozen=True)
class Operation:
    """A query operation as asked: `query` is None when there is none; `time_s` in seconds, never above the limit.

    `labels` is the language of the columns of labels to add, `rows` the number of rows wanted at most (None: not said),
    `declare_prefixes` whether the release's prefixes are declared, `rewrite` whether the query may be rewritten.
    """

    query: str | None
    dataset: Dataset
    format_name: str | None
    time_s: float
    labels: str | None = None
    rows: int | None = None
    declare_prefixes: bool = False
    rewrite: bool = True


def read_operation(incoming: Incoming, settings: Settings) -> Operation:
    """Read the operation; RequestError with 400, 413, 414 or 415 when it cannot be."""
    limit = settings.max_query_bytes
    if len(incoming.query_string) > 3 * limit:
        raise RequestError(414, "The address is too long.", "Send the query by POST.")
    pairs = read_pairs(incoming.query_string, "the address")
    if incoming.method == "POST":
        # A form may hold each byte as %XX, and other parameters.
        if len(incoming.body) > 3 * limit + 10_000:
            raise _too_large(limit)
        media_type = incoming.media_type
        if media_type == FORM_TYPE:
            if any(name in ("query", "update") for name, _ in pairs):
                raise RequestError(400, "query stands in the address of a POST.", "Put it in the form.")
            pairs += read_pairs(read_text(incoming.body, "The form"), "the form")
        elif media_type == QUERY_TYPE:
            if any(name == "query" for name, _ in pairs):
                raise RequestError(400, "query stands both in the address and in the body.", "Send it once.")
            pairs.append(("query", read_text(incoming.body, "The query")))
        elif media_type == UPDATE_TYPE:
            raise _update()
        else:
            raise RequestError(
                415, f"A body of type {media_type or 'nothing'} cannot be read.", f"Send {FORM_TYPE} or {QUERY_TYPE}."
            )
    return _operation(pairs, settings)


def _operation(pairs: list[tuple[str, str]], settings: Settings) -> Operation:
    names = [name for name, _ in pairs]
    for name in names:
        if name in ("update", "using-graph-uri", "using-named-graph-uri"):
            raise _update()
        if name not in _ONCE + _MANY:
            known = ", ".join(_ONCE + _MANY)
            raise RequestError(400, f"There is no parameter “{name}”.", f"There are: {known}.")
        if name in _ONCE and names.count(name) > 1:
            raise RequestError(400, f"Parameter “{name}” stands here more than once.", "Give it once.")
    single = dict(pairs)
    query = single.get("query")
    if query is not None and len(query.encode()) > settings.max_query_bytes:
        raise _too_large(settings.max_query_bytes)
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    if len(default) + len(named) > settings.max_dataset_graphs:
        raise RequestError(
            400,
            f"The dataset has more than {settings.max_dataset_graphs} graphs.",
            "Use GRAPH ?g { … } in the query, with a FILTER or VALUES on ?g.",
        )
    for iri in default + named:
        if not is_iri(iri):
            raise RequestError(400, f"“{iri}” is not an absolute IRI.", "Give graphs as absolute IRIs.")
    for name, choices in _CHOICES.items():
        if single.get(name) and single[name] not in choices:
            raise RequestError(400, f"{name}={single[name]} cannot be used.", f"Give one of: {', '.join(choices)}.")
    return Operation(
        query,
        Dataset(default, named),
        single.get("format") or None,
        float(_number(single, "timeout", settings.query_time_limit_s, "seconds") or settings.query_time_limit_s),
        single.get("labels") or None,
        _number(single, "rows", min(MOST_FIRST_ROWS, settings.max_answer_rows), "rows"),
        single.get("prefixes") == "release",
        single.get("rewrite") != "off",
    )


def read_pairs(text: str, where: str) -> list[tuple[str, str]]:
    """Return the parameters in `text` (of `where`, for messages); RequestError 400 when they are not UTF-8."""
    try:
        if text.startswith("query=") and "&" not in text:
            # What most requests are; the general way takes twice as long.
            return [("query", unquote_plus(text[len("query=") :], errors="strict"))]
        return parse_qsl(text, keep_blank_values=True, errors="strict", encoding="utf-8", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError) as error:
        raise RequestError(400, f"The parameters in {where} are not UTF-8, or too many.", "Encode as UTF-8.") from error


def read_text(body: bytes, what: str) -> str:
    """Return a body as text; RequestError 400 that names `what` when it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"{what} is not UTF-8 (byte {error.start}).", "Encode it as UTF-8.") from error


def _number(single: dict[str, str], name: str, most: int, unit: str) -> int | None:
    text = single.get(name)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
        raise RequestError(
            400, f"{name}={text} cannot be used.", f"Give a whole number of {unit}, from 1 to {most}, the limit here."
        )
    return int(text)


def is_iri(text: str) -> bool:
    """Say whether `text` can be an absolute IRI."""
    try:
        scheme = urlsplit(text).scheme
    except ValueError:
        return False
    return bool(scheme) and not any(character in ' <>"{}|^`\\' or character < " " for character in text)


def choose_format(operation: Operation, accept: str | None, kind: Kind) -> Format:
    """Return the format for an answer of `kind`; RequestError 406 that lists what there is.

    `format=` goes before the Accept header, for people who can only give an address. A browser's `text/html` is no
    format of an answer, but browsers also send `*/*`, and so get the default.
    """
    offered = formats_for(kind)
    if operation.format_name is not None:
        form = format_named(operation.format_name)
        if form is not None and kind in form.kinds:
            return form
        if form is None:
            names = ", ".join(one.name for one in offered)
            raise RequestError(400, f"There is no format “{operation.format_name}”.", f"For this query: {names}.")
    else:
        form = choose(accept, offered)
        if form is not None:
            return form
    listed = ", ".join(f"{one.media_type} (format={one.name})" for one in offered)
    raise RequestError(
        406, f"An answer of this kind ({kind}) cannot be had in the format asked for.", f"Ask: {listed}."
    )


def _update() -> RequestError:
    return RequestError(
        400,
        "This is an update, and this endpoint only reads.",
        "Send a query, as parameter “query”; where the server is writable, updates go to /update.",
    )


def _too_large(limit: int) -> RequestError:
    return RequestError(413, f"The query is longer than {limit} bytes.", "Shorten it, or split it.")
