"""Federation inside SPARQL: each `SERVICE <…> { … }` is asked first and becomes a table of its solutions.

For an endpoint that is written out, SPARQL 1.1 Federated Query (sections 2 and 4) has the block evaluated on its own,
there, and its solutions joined with the rest: so they may as well stand in the query as inline data. The engine then
sees plain SPARQL, and the workers that run it keep having no network.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tradegraph.errors import QueryError, QueryRefused, QueryTimeout, StoreBusy
from tradegraph.federation.blocks import Block, blocks
from tradegraph.federation.call import Call, Caller, Fetcher
from tradegraph.federation.network import Deadline
from tradegraph.federation.results import Answer, Bounds, Table
from tradegraph.sparql.tokens import position

MOST_AT_ONCE: Final = 4
_WAIT_S: Final = 2.0
_CALLER: Final = Caller()
# An answer takes many times its size in memory while it is read, and the memory of this process is everyone's.
_PLACES: Final = threading.BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True)
class FederationLimits:
    """What all blocks of one query may take together: seconds, `rows`, `bytes` (sent to us and put in), `blocks`."""

    time_s: float = 10.0
    rows: int = 10_000
    bytes: int = 4 * 1024 * 1024
    blocks: int = 4


def resolve(
    text: str,
    allowed: Sequence[str],
    limits: FederationLimits | None = None,
    fetch: Fetcher = _CALLER,
    prefixes: Mapping[str, str] | None = None,
) -> str:
    """Return the query `text` with the solutions in place of each block; without one, `text` itself.

    `allowed` are the addresses that may be called, compared as they are; `prefixes` those declared outside of the text.
    What follows a block stays in its line, and in its column too when the block takes more lines than one. Nothing is
    called before all blocks are found right, and for no more than a few queries at a time (then StoreBusy). Raises
    QueryError with line and column; after SILENT, what goes wrong with the endpoint gives the one empty solution
    instead (Federated Query, section 3).
    """
    if "service" not in text.lower():
        return text
    limits = limits or FederationLimits()
    found: list[Block] = []
    for block in blocks(text, allowed, prefixes or {}):
        if len(found) == limits.blocks:
            raise QueryRefused(
                f"The query has more than {limits.blocks} SERVICE blocks.",
                "Put what one endpoint is asked into one block, or ask in several queries.",
                *position(text, block.start),
            )
        found.append(block)
    if not found:
        return text
    deadline = Deadline.after(limits.time_s)
    if not _PLACES.acquire(timeout=min(_WAIT_S, limits.time_s)):
        raise StoreBusy(
            "Too many queries ask other endpoints at the moment.", "Ask again.", *position(text, found[0].start)
        )
    try:
        return _replaced(text, found, fetch, deadline, limits)
    finally:
        _PLACES.release()


def _replaced(text: str, found: list[Block], fetch: Fetcher, deadline: Deadline, limits: FederationLimits) -> str:
    pieces: list[str] = []
    done, left = 0, Bounds(limits.rows, limits.bytes)
    for block in found:
        table = _solutions(text, block, fetch, deadline, left)
        left = Bounds(left.rows - table.rows, left.bytes - len(table.text.encode()))
        pieces += [text[done : block.start], "{ ", table.text, _padding(text[block.start : block.end - 1]), "}"]
        done = block.end
    return "".join([*pieces, text[done:]])


def _solutions(text: str, block: Block, fetch: Fetcher, deadline: Deadline, left: Bounds) -> Table:
    # One row more than may be: so an endpoint that has many sends few, and what is left out does not go unseen.
    query = f"{block.query} LIMIT {left.rows + 1}"
    try:
        try:
            deadline.left_s()
            body = fetch(Call(block.endpoint, query, deadline, max(left.bytes, 0)))
        except TimeoutError as error:
            raise QueryTimeout(
                "The endpoints asked before took all the time there is.", "Ask for less, or in several queries."
            ) from error
        return Answer(block.endpoint, body, block.variables).table(left)
    except QueryError as error:
        if block.silent and not isinstance(error, QueryRefused):
            return Table("", 0)
        # The same error, now that it is known where the block stands.
        raise type(error)(error.detail, error.remedy, *position(text, block.start)) from error


def _padding(replaced: str) -> str:
    """Return white space with as many lines as `replaced`, and its last as long: what follows keeps its place."""
    lines = replaced.split("\n")
    return " " if len(lines) == 1 else "\n" * (len(lines) - 1) + " " * len(lines[-1])
