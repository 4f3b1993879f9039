"""What every store offers: a request goes in, a streamed answer comes out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

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
    """What one query may cost: `time_s` in seconds from acceptance to the last byte. Memory is the store's own."""

    time_s: float


@dataclass(frozen=True)
class Request:
    """One query, already scanned: `kind` is what its form answers, `form` how the answer is to be written.

    `own_dataset` says that the text has FROM clauses; `prefixes` are those it declares, for writing triples with.
    """

    text: str
    kind: Kind
    form: Format
    dataset: Dataset
    limits: Limits
    base_iri: str
    own_dataset: bool = False
    prefixes: tuple[tuple[str, str], ...] = ()


class Answer(Protocol):
    """An answer under way. Its first bytes are there, so that the query is known to be sound.

    `chunks` raises a QueryError when the answer breaks off: what was read until then is *not* an answer. `close` stops
    the query, at any moment, from any thread, as often as one likes.
    """

    @property
    def whole(self) -> bytes | None:
        """The complete body when all of it has already arrived, else None: then read `chunks`."""

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

    def close(self) -> None:
        """Stop the store and every query in it."""

    def check(self) -> None:
        """Return when the store can answer; StoreUnavailable when it cannot."""
