"""The query operation itself, without HTTP machinery: from a request to a query for the store, and to header fields.

`prepare` is all that happens before the store is asked, `fields` what is said of its answer. Both the application and
the fast lane (`lane`) go this way, so that an answer is the same whichever it took.
"""

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from typing import Final, Self

from tradegraph import __version__, federation, search
from tradegraph import store as stores
from tradegraph.errors import QueryRefused
from tradegraph.federation import FederationLimits, read_endpoints
from tradegraph.media_types import Format, format_named
from tradegraph.namespaces import BASE, DEF, PREFIXES
from tradegraph.search import Index, SearchIndex
from tradegraph.settings import Settings
from tradegraph.sparql.doctor import Diagnosis, diagnose
from tradegraph.sparql.known import is_known
from tradegraph.sparql.rewrite import Rewritten, rewrite
from tradegraph.sparql.scan import LONG, Bounds, glance, scan
from tradegraph.sparql.statistics import Statistics
from tradegraph.sparql.terms import SEARCH_TERMS, did_you_mean
from tradegraph.store import Answer, Limits, QueryStore, Release
from tradegraph.store.release import SEARCH_FILE, STATISTICS_FILE
from tradegraph.web import encoding
from tradegraph.web.cache import matches
from tradegraph.web.incoming import Incoming
from tradegraph.web.parameters import Operation, choose_format
from tradegraph.web.revision import Revision

_READING: Final = threading.Lock()
_OURS: Final = re.compile(rf"(?:\btg:|{re.escape(DEF)})([A-Za-z_][\w\-]*)")


@dataclass(frozen=True)
class Prepared:
    """A query ready for the store, and what is known of its answer beforehand.

    `original` is the query before it was rewritten, None when it was not; its syntax errors have the right places.
    `unchanged` says that the client has this very answer already; then the store need not be asked.
    """

    asked: stores.Request
    original: stores.Request | None
    form: Format
    fields: dict[str, str]
    unchanged: bool


@dataclass(frozen=True)
class Endpoint:
    """The endpoint for `release`, which `store` holds.

    `index` is its full-text index and `statistics` are its counts, where the release has them; `vocabulary` are the
    IRIs of its classes and properties, `allowed` the endpoints that SERVICE may call, `revision` what was
    written since.
    """

    settings: Settings
    store: QueryStore
    release: Release
    index: SearchIndex | None = None
    statistics: Statistics | None = None
    vocabulary: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    revision: Revision = field(default_factory=Revision)

    written: Callable[[], Mapping[str, int]] = dict
    """Returns the number of quads in each graph that was written and is not part of the release."""

    @property
    def version(self) -> str:
        """What an answer depends on besides what was asked: equal when the data are, other after each write."""
        number = self.revision.number
        return f"{self.release.sha256}+{number}" if number else self.release.sha256

    @classmethod
    def open(cls, settings: Settings, store: QueryStore, release: Release) -> Self:
        """Open what the release has beside its dataset. Close the endpoint at the end; the store stays the caller's.

        Raises SettingError for a list of endpoints that cannot be read.
        """
        counts, index = release.directory / STATISTICS_FILE, release.directory / SEARCH_FILE
        statistics, vocabulary = None, frozenset[str]()
        if counts.is_file():
            statistics = Statistics.read(counts)
            declared = json.loads(counts.read_text(encoding="utf-8")).get("declared", ())
            vocabulary = frozenset({*statistics.classes, *statistics.properties, *declared})
        opened = Index.open(index) if index.is_file() else None
        allowed = tuple(read_endpoints(settings.federation_endpoints))
        return cls(settings, store, release, opened, statistics, vocabulary, allowed)

    def close(self) -> None:
        """Close the index; nobody may be asking any more."""
        if self.index is not None:
            self.index.close()

    def prepare(self, operation: Operation, text: str, incoming: Incoming) -> Prepared:
        """Make the query ready and choose the format; raises a QueryError when it will not do.

        Searches and calls inside the query are run here; everything else takes no time to speak of.
        """
        settings = self.settings
        bounds = Bounds.of(settings)
        text, called = self._resolved(operation, text)
        # What is long is read by the worker, where it holds nobody up, and run as written.
        long = len(text) > LONG
        seen = glance(text) if long else scan(text, bounds)
        rewritten = rewrite(text, self.statistics) if operation.rewrite and not long else Rewritten(text, ())
        form = choose_format(operation, incoming.fields.get("accept"), seen.kind)
        asked = stores.Request(
            text=rewritten.text,
            kind=seen.kind,
            form=form,
            dataset=operation.dataset,
            limits=Limits(operation.time_s, settings.max_answer_rows, settings.max_answer_mb * 2**20),
            # Not the address of the request: the same query then has the same answer everywhere.
            base_iri=BASE,
            own_dataset=seen.own_dataset,
            prefixes=seen.prefixes,
            declare_prefixes=operation.declare_prefixes,
            functions=tuple(iri for iri in seen.functions if not is_known(iri)),
            union_default_graph=self.release.union_default_graph,
            labels=operation.labels,
            first_rows=operation.rows,
            bounds=astuple(bounds) if long else None,
            client=incoming.client(settings.trusted_proxies),
            light=seen.light,
            shape=seen.shape,
        )
        fields = {"Vary": "Accept, Accept-Encoding"}
        if not long and (notice := self._notice(text, operation)) is not None:
            fields["X-Query-Notice"] = notice
        original = None
        if rewritten.names:
            original = replace(asked, text=text)
            fields["X-Query-Rewritten"] = ", ".join(rewritten.names)
        if format_named(operation.format_name or "") is not None:
            fields["Content-Disposition"] = f'inline; filename="answer.{form.name}"'
        if seen.changing or called:
            fields["Cache-Control"] = "no-store"
            return Prepared(asked, original, form, fields, unchanged=False)
        # Kept anywhere, but asked after: the release may have changed.
        fields |= {"ETag": entity_tag(asked, self.version), "Cache-Control": "public, no-cache"}
        known = incoming.fields.get("if-none-match")
        unchanged = known is not None and incoming.method in ("GET", "HEAD") and matches(known, fields["ETag"])
        return Prepared(asked, original, form, fields, unchanged)

    def _resolved(self, operation: Operation, text: str) -> tuple[str, bool]:
        """Return the query with its SERVICE blocks answered, and whether another endpoint was called for that."""
        if "service" not in text.lower():
            return text, False
        prefixes = PREFIXES if operation.declare_prefixes else None
        # Reading a long text takes the processor from everybody else: one at a time.
        with _READING if len(text) > LONG else contextlib.nullcontext():
            if self.index is not None:
                text = search.resolve(text, self.index, prefixes)
        if not self.allowed:
            return text, False
        limits = FederationLimits(time_s=min(FederationLimits.time_s, operation.time_s))
        answered = federation.resolve(text, self.allowed, limits, prefixes=prefixes)
        return answered, answered is not text

    def explain(self, operation: Operation, text: str, incoming: Incoming) -> Diagnosis:
        """Return what the query doctor says of a query, which is not run; QueryError when it cannot be read."""
        if self.statistics is None:
            raise QueryRefused("This release has no counts to judge a query by.", "Build it with tradegraph build.")
        if "service" not in text.lower():
            # The format of an answer is of no interest here; any that fits will do.
            asked = self.prepare(replace(operation, format_name=None), text, replace(incoming, fields={}))
            self.store.check_syntax(asked.original or asked.asked)
        return diagnose(text, self.statistics, self.vocabulary)

    def _notice(self, text: str, operation: Operation) -> str | None:
        """Return a line on the first term of our namespace that the release does not have; it is all in `explain`."""
        known = self._local_names
        if not known or known.issuperset(_OURS.findall(text)):
            return None
        found = did_you_mean(text, self.vocabulary, PREFIXES if operation.declare_prefixes else None)
        if not found:
            return None
        meant = f"; did you mean {', '.join(found[0].meant)}?" if found[0].meant else ""
        said = f"line {found[0].line}, column {found[0].column}: {found[0].term} is not in this release{meant}"
        # Header fields hold ASCII only; a term may be anything.
        return said.encode("ascii", "backslashreplace").decode("ascii")

    @cached_property
    def _local_names(self) -> frozenset[str]:
        return frozenset(iri.removeprefix(DEF) for iri in self.vocabulary if iri.startswith(DEF)) | SEARCH_TERMS


def answer_fields(prepared: Prepared, answer: Answer) -> dict[str, str]:
    """Return the header fields of an answer that has begun."""
    fields = {**prepared.fields, "Content-Type": prepared.form.content_type}
    fields["X-Result-Complete"] = "true" if answer.complete else "false"
    if not answer.complete:
        fields["X-Result-Incomplete-Reason"] = (
            f"{prepared.asked.reason_for_cut}; go on with ORDER BY, LIMIT and OFFSET in the query"
        )
        if "Content-Disposition" in fields:
            fields["Content-Disposition"] = f'inline; filename="answer-partial.{prepared.form.name}"'
    return fields


def coded(body: bytes, incoming: Incoming, fields: dict[str, str]) -> bytes:
    """Return a whole body coded as the client likes it best, and note the coding in `fields`."""
    coding = encoding.choose(incoming.fields.get("accept-encoding"))
    found = None if coding is None else encoding.encode(body, coding)
    if coding is None or found is None:
        return body
    fields["Content-Encoding"] = coding
    return found


def entity_tag(asked: stores.Request, version: str) -> str:
    """Return the tag of an answer: of all that it depends on, of which `version` is the data (`Endpoint.version`).

    Weak, since the codings of one answer share it.
    """
    depends_on = (
        __version__,
        version,
        asked.text,
        asked.form.name,
        asked.dataset.default_graphs,
        asked.dataset.named_graphs,
        asked.declare_prefixes,
        asked.labels,
        asked.first_rows,
    )
    return f'W/"{hashlib.blake2b(repr(depends_on).encode(), digest_size=12).hexdigest()}"'
