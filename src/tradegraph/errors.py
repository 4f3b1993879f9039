"""Every error tradegraph raises on purpose, in one tree.

```
TradegraphError            exit code 2
├── NotSound               exit code 1: the input is readable but wrong
│   ├── FactError          a cell, row or table under data/: file, line, what, what to do
│   ├── OntologyError      a Turtle file under ontology/ or shapes/
│   ├── ShapeNotSupported  a shape that the guard of writes will not answer for
│   └── ReleaseError       the assembled graph does not pass its checks
├── NotFound               a thing, question, release or document that is asked for and is not there
└── QueryError             a query that cannot be answered, and why
    ├── QuerySyntaxError   not SPARQL: line, column, what, remedy
    ├── QueryRefused       SPARQL, but something this endpoint does not do
    ├── QueryTooComplex    too deep or too long for the engine
    ├── QueryTimeout       past its time limit
    ├── QueryOutOfMemory   past its memory limit
    ├── AnswerTooLarge     past the limit of rows or bytes
    ├── QueryFailed        the engine stopped for another reason
    ├── QueryAbandoned     whoever asked went away
    ├── WriteRefused       a write that this writer may not make: not their graph, or nobody's
    ├── WriteConflict      a write that does not fit the present state: a condition that does not hold
    ├── StoreBusy          all places taken: ask again
    └── StoreUnavailable   the store is not there (yet)
```

Each error carries its facts as attributes and reads as *where: what. What to do.*
"""

from dataclasses import dataclass
from pathlib import Path


class TradegraphError(Exception):
    """Base of all errors raised on purpose. `exit_code` is what the command line returns."""

    exit_code = 2


class NotSound(TradegraphError):
    """The input could be read but is not right."""

    exit_code = 1


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `where` it stands (`file:line`), `what` is wrong and the `remedy`."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}"


class FactError(NotSound):
    """One or more wrong cells or rows under `data/`, in file and line order."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(str(finding) for finding in findings))


class OntologyError(NotSound):
    """A Turtle file that cannot be read, or an ontology that breaks one of its own rules."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        self.path = path
        super().__init__(f"{path}: {what} {remedy}")


class ShapeNotSupported(NotSound):
    """A shape that the guard of writes will not take, since it could not answer for it: `shape` names it."""

    def __init__(self, shape: object, what: str, remedy: str) -> None:
        self.shape = shape
        super().__init__(f"{shape}: {what} {remedy}")


class ReleaseError(NotSound):
    """The assembled graph does not conform; the report says where."""


class NotFound(TradegraphError):
    """Something asked for by name is not there."""


class QueryError(TradegraphError):
    """A query that cannot be answered. `detail`: what is wrong; `remedy`: what to do; `line`, `column` from 1."""

    def __init__(self, detail: str, remedy: str, line: int | None = None, column: int | None = None) -> None:
        self.detail = detail
        self.remedy = remedy
        self.line = line
        self.column = column
        where = "" if line is None else f"line {line}, column {column}: "
        super().__init__(f"{where}{detail} {remedy}".rstrip())


class QuerySyntaxError(QueryError):
    """The text is not a SPARQL query."""


class QueryRefused(QueryError):
    """The text is SPARQL, but asks what this endpoint does not do: an update, SERVICE, too many graphs."""


class QueryTooComplex(QueryError):
    """The query nests too deep or strings too many operators together for the engine to read."""


class QueryTimeout(QueryError):
    """The query ran past its time limit and was stopped."""


class QueryOutOfMemory(QueryError):
    """The query needed more memory than one query may have and was stopped."""


class AnswerTooLarge(QueryError):
    """The answer has more rows or bytes than one answer may have."""


class QueryFailed(QueryError):
    """The engine stopped for a reason of its own."""


class QueryAbandoned(QueryError):
    """Whoever asked went away before the answer was there."""


class WriteRefused(QueryError):
    """The write touches a graph that is not the writer's."""


class WriteConflict(QueryError):
    """The write does not fit what is there now, such as CREATE of a graph that there is."""


class StoreBusy(QueryError):
    """As many queries run as may run at a time. `retry_after_s` is a fair time to wait, in seconds."""

    retry_after_s = 2


class StoreUnavailable(QueryError):
    """The store is not running, is starting again, or cannot be reached."""

    retry_after_s = 5
