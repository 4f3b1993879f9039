"""What every store offers: a request goes in, a streamed answer comes out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from tradegraph.media_types import Format, Kind


@dataclass(frozen=True)
class Dataset:
    """The dataset that the protocol names (SPARQL 1.1 Protocol, section 2.1.4), as graph IRIs.

    When either list has a member, both count: an empty one then means *no* graph, not *all*.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether the client named a dataset at all; if not, the query's own FROM or the whole release counts."""
        return bool(self.default_graphs or self.named_graphs)


@dataclass(frozen=True)
class Limits:
    """What one query may cost.

    `time_s`: seconds from acceptance to the last byte. `rows`: rows or triples of the answer, `size_bytes`: its bytes
    before compression. Memory is the store's own.
    """

    time_s: float
    rows: int = 10_000_000
    size_bytes: int = 2**31


MOST_HELD: Final = 100_000
"""Rows: an answer that may have no more than this many waits until it is known whether there are more."""


@dataclass(frozen=True)
class Request:
    """One query, already scanned: `kind` is what its form answers, `form` how the answer is to be written.

    `own_dataset` says that the text has FROM clauses; `prefixes` are those it declares, for writing triples with;
    `declare_prefixes` adds those of the release to what the text may use; `functions` are IRIs of functions that no
    engine knows, whose calls are errors as values (SPARQL 1.1 Query, 17.6). `union_default_graph`: without a dataset,
    the default graph is the union of all graphs. `labels` (a language) adds a column of labels to each column of IRIs.

    `bounds` (depth, chain, graphs) asks for a scan of the text before it is run: it is too long to be read elsewhere.

    With `dry`, the query is run on nothing, to see whether the engine can read it.

    With `whole`, there is no query: what is wanted are all quads of the store.

    `first_rows` is how many rows the asker wants at most. `client` and `light` are for the line in which queries wait
    for a worker: whose it is, and whether it looks like the work of a moment.
    """

    text: str
    kind: Kind
    form: Format
    dataset: Dataset
    limits: Limits
    base_iri: str
    own_dataset: bool = False
    prefixes: tuple[tuple[str, str], ...] = ()
    declare_prefixes: bool = False
    functions: tuple[str, ...] = ()
    union_default_graph: bool = True
    labels: str | None = None
    first_rows: int | None = None
    bounds: tuple[int, int, int] | None = None
    dry: bool = False
    whole: bool = False
    client: str = ""
    light: bool = False
    shape: str = ""

    @property
    def row_cap(self) -> int:
        """The most rows that the answer may have."""
        return self.limits.rows if self.first_rows is None else min(self.first_rows, self.limits.rows)

    @property
    def reason_for_cut(self) -> str:
        """Why an answer that is not complete was cut at `row_cap`."""
        if self.first_rows == self.row_cap:
            return f"only the first {self.row_cap} rows were asked for"
        return f"{self.row_cap} rows are the most that this server gives"


class Answer(Protocol):
    """An answer under way. Its first bytes are there, so that the query is known to be sound.

    `chunks` raises a QueryError when the answer breaks off: what was read until then is *not* an answer. `close` stops
    the query, at any moment, from any thread, as often as one likes.
    """

    @property
    def whole(self) -> bytes | None:
        """The complete body when all of it has already arrived, else None: then read `chunks`."""

    @property
    def complete(self) -> bool:
        """Whether the body, once read to its end, holds all rows; False when it was cut at a number of rows."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the body in order, once."""

    def close(self) -> None:
        """Stop the query and let go of what it holds."""


class QueryStore(Protocol):
    """A store that answers queries of strangers without being hurt by them."""

    def query(self, request: Request, abandoned: Callable[[], bool]) -> Answer:
        """Start a query; return when its answer has begun.

        `abandoned` is asked every tenth of a second whether the asker has gone; then the query is stopped and
        QueryAbandoned raised. Raises any other QueryError when there will be no answer.
        """

    def check_syntax(self, request: Request) -> None:
        """Return when the engine can read the query, or nobody can tell without running it; else QuerySyntaxError."""

    def close(self) -> None:
        """Stop the store and every query in it."""

    def check(self) -> None:
        """Return when the store can answer; StoreUnavailable when it cannot."""
