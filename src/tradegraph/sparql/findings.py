"""What is found in a query's structure: each finding with its place and its facts, the words are in `messages`."""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tradegraph.sparql.estimate import Estimate, components, of_pattern, ordered
from tradegraph.sparql.exists import as_minus
from tradegraph.sparql.messages import MESSAGES, Bilingual, Severity
from tradegraph.sparql.patterns import Pattern
from tradegraph.sparql.required import required_first
from tradegraph.sparql.statistics import Statistics
from tradegraph.sparql.steps import all_groups
from tradegraph.sparql.structure import JOINED, Group, Structure
from tradegraph.sparql.tokens import Token, position

_LARGE_PRODUCT: Final = 10_000
_MANY_TEXTS: Final = 5_000
_MANY_GRAPHS: Final = 10
_MANY_SORTED: Final = 20_000
_MANY_ROWS: Final = 1_000
_LONG_LIST: Final = 500
_OPEN_PATH: Final = 200
_MOST_PATHS: Final = 10
_SEARCHING: Final = frozenset({"REGEX", "CONTAINS", "STRSTARTS", "STRENDS"})


@dataclass(frozen=True)
class QueryFinding:
    """One thing to know of a query: `code` of the table of messages, place from 1, words in both languages."""

    code: str
    severity: Severity
    line: int
    column: int
    sentence: Bilingual
    remedy: Bilingual

    def to_json(self) -> dict[str, object]:
        """Return the object of `POST /sparql/explain`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "line": self.line,
            "column": self.column,
            "sentence": self.sentence.to_json(),
            "remedy": self.remedy.to_json(),
        }


def finding(code: str, text: str, offset: int, **facts: object) -> QueryFinding:
    """Make a finding at `offset` of `text`; facts fill the words in braces, numbers as estimates are read."""
    return finding_at(code, position(text, offset), **facts)


def finding_at(code: str, place: tuple[int, int], **facts: object) -> QueryFinding:
    """Make a finding at a line and column."""
    message = MESSAGES[code]
    filled = {name: number(fact) if isinstance(fact, int | float) else str(fact) for name, fact in facts.items()}
    return QueryFinding(code, message.severity, *place, message.sentence.filled(filled), message.remedy.filled(filled))


def number(value: float) -> str:
    """Return a number to two digits, as an estimate should be read: 12 000."""
    if value < 100:
        return str(round(value))
    if value >= 1e15:
        return "10^15"
    scale = 10 ** (len(str(int(value))) - 2)
    return f"{round(value / scale) * scale:,}".replace(",", "\u202f")


def findings(structure: Structure, statistics: Statistics, rows: float) -> Iterator[QueryFinding]:
    """Yield what is found in `structure`, whose answer is estimated to have `rows`."""
    yield from _around(structure, rows)
    if structure.where is None:
        return
    for group in all_groups(structure.where):
        yield from _Group(structure, group, statistics).findings()


def _around(structure: Structure, rows: float) -> Iterator[QueryFinding]:
    """Look at the clauses around the pattern."""
    text = structure.text
    froms = [token for token in structure.head if token.text.upper() == "FROM"]
    if len(froms) > _MANY_GRAPHS:
        yield finding("many-graphs", text, froms[0].start, count=len(froms))
    ends = {token.text.upper(): token for token in structure.tail if token.kind == "word"}
    if "ORDER" in ends and "LIMIT" not in ends and rows > _MANY_SORTED:
        yield finding("order-without-limit", text, ends["ORDER"].start, rows=rows)
    if "OFFSET" in ends and "ORDER" not in ends:
        yield finding("offset-without-order", text, ends["OFFSET"].start)
    yield from _long_lists(structure)
    yield from _never_bound(structure)


def _long_lists(structure: Structure) -> Iterator[QueryFinding]:
    """Look for brackets with many terms and nothing else: VALUES and IN."""
    counts = [0]
    opened: list[Token] = []
    for token in structure.seen:
        if token.kind == "open":
            opened.append(token)
            counts.append(0)
        elif token.kind == "close" and opened:
            count, start = counts.pop(), opened.pop()
            if count > _LONG_LIST:
                yield finding("long-list", structure.text, start.start, count=count)
            # The rows of VALUES (?x ?y) { (…) (…) } count as one list.
            counts[-1] += count if start.text == "(" else 0
        elif token.kind in ("iri", "pname", "string", "number"):
            counts[-1] += 1
        elif token.kind == "variable" or token.text in (".", ";"):
            counts[-1] = 0


def _never_bound(structure: Structure) -> Iterator[QueryFinding]:
    """Look for variables of SELECT that nothing else mentions."""
    if structure.form != "SELECT":
        return
    asked: list[Token] = []
    depth = 0
    for token in structure.head:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "variable" and depth == 0:
            asked.append(token)
    mentioned = {token.text[1:] for token in structure.seen[len(structure.head) :] if token.kind == "variable"}
    for token in asked:
        name = token.text[1:]
        if name in mentioned:
            continue
        close = difflib.get_close_matches(name, mentioned, n=1)
        yield finding(
            "never-bound",
            structure.text,
            token.start,
            variable=name,
            suggestion=f"Did you mean ?{close[0]}?" if close else "Check its spelling, or leave it out.",
            suggestion_nl=f"Bedoelde u ?{close[0]}?" if close else "Controleer de spelling, of laat de variabele weg.",
        )


class _Group:
    """Looks at one group."""

    def __init__(self, structure: Structure, group: Group, statistics: Statistics) -> None:
        self.structure = structure
        self.group = group
        self.statistics = statistics
        self.patterns = [pattern for element in group.elements for pattern in element.patterns]
        self.rows = self._size(self.patterns).rows

    def findings(self) -> Iterator[QueryFinding]:
        yield from self._required_after_optional()
        yield from self._disconnected()
        yield from self._texts()
        yield from self._open_paths()
        yield from self._everything()
        yield from self._not_exists()
        yield from self._graphs()

    def _at(self, pattern: Pattern) -> int:
        return self.structure.seen[pattern.first].start

    def _size(self, patterns: list[Pattern]) -> Estimate:
        steps = ordered(patterns, self.structure, self.statistics)
        return steps[-1][1] if steps else Estimate(1.0, {})

    def _required_after_optional(self) -> Iterator[QueryFinding]:
        optional = False
        for element in self.group.elements:
            optional = optional or element.kind == "optional"
            if optional and element.kind in JOINED:
                moved = bool(required_first(self.structure, self.group))
                code = "required-after-optional-moved" if moved else "required-after-optional"
                yield finding(code, self.structure.text, element.start)
                return

    def _disconnected(self) -> Iterator[QueryFinding]:
        """Look for parts of the group that no pattern and no other element connects."""
        others = [
            frozenset(f"?{name}" for name in element.mentioned)
            for element in self.group.elements
            if element.kind not in ("triples", "filter", "bind")
        ]
        parts = components(self.patterns, others)
        sized = []
        for part in parts:
            patterns = [pattern for pattern in self.patterns if pattern.variables & part]
            if patterns:
                sized.append((self._size(patterns).rows, patterns, part))
        if len(sized) < 2:
            return
        sized.sort(key=lambda one: self._at(one[1][0]))
        first, second = sized[0], sized[1]
        rows = first[0] * second[0]
        if rows < _LARGE_PRODUCT:
            return
        code = "joined-by-filter" if self._filter_connects(first[2], second[2]) else "cross-product"
        yield finding(
            code,
            self.structure.text,
            self._at(second[1][0]),
            left=_names(first[2]),
            right=_names(second[2]),
            rows=rows,
        )

    def _filter_connects(self, left: set[str], right: set[str]) -> bool:
        for element in self.group.elements:
            names = {f"?{name}" for name in element.mentioned}
            if element.kind in ("filter", "bind") and names & left and names & right:
                return True
        return False

    def _texts(self) -> Iterator[QueryFinding]:
        """Look for searches in texts by FILTER."""
        for element in self.group.elements:
            if element.kind != "filter" or element.groups:
                continue
            parts = self.structure.seen[element.first : element.last]
            found = next((part for part in parts if part.kind == "word" and part.text.upper() in _SEARCHING), None)
            if found is None:
                continue
            if self.rows > _MANY_TEXTS:
                function = found.text.upper()
                yield finding(
                    "text-search-in-filter", self.structure.text, found.start, function=function, rows=self.rows
                )

    def _open_paths(self) -> Iterator[QueryFinding]:
        closed = [pattern for pattern in self.patterns if pattern.closures & {"*", "+"}]
        for pattern in closed[:_MOST_PATHS]:
            if pattern.subject[0] not in "?_" or pattern.object[0] not in "?_":
                continue
            rest = [other for other in self.patterns if other is not pattern and other.variables & pattern.variables]
            values = self._size(rest).distinct if rest else {}
            known = [values[end] for end in (pattern.subject, pattern.object) if end in values]
            known += [
                1.0
                for element in self.group.elements
                if element.kind in ("values", "service") and pattern.variables & {f"?{n}" for n in element.mentioned}
            ]
            starts = min(known, default=of_pattern(pattern, self.structure, self.statistics).rows)
            if starts > _OPEN_PATH:
                yield finding("open-path", self.structure.text, self._at(pattern), path=pattern.predicate, rows=starts)

    def _everything(self) -> Iterator[QueryFinding]:
        """Look for patterns of three variables that nothing else in the group mentions."""
        if "LIMIT" in {token.text.upper() for token in self.structure.tail}:
            return
        shared = Counter(name for pattern in self.patterns for name in pattern.variables)
        for element in self.group.elements:
            if element.kind != "triples":
                shared.update(f"?{name}" for name in element.mentioned)
        for pattern in self.patterns:
            if len(pattern.variables) == 3 and all(shared[name] == 1 for name in pattern.variables):
                shown = f"{pattern.subject} {pattern.predicate} {pattern.object}"
                rows = self.statistics.triples
                yield finding("everything", self.structure.text, self._at(pattern), pattern=shown, rows=rows)

    def _not_exists(self) -> Iterator[QueryFinding]:
        for element in self.group.elements:
            words = [part.text.upper() for part in self.structure.seen[element.first : element.last][:4]]
            if element.kind != "filter" or not element.groups or "NOT" not in words:
                continue
            inner = [pattern for one in element.groups[0].elements for pattern in one.patterns]
            if self.rows > _MANY_ROWS and (len(inner) != 1 or inner[0].path):
                minus = as_minus(self.structure, self.group, element)
                instead = "" if minus is None else f": {minus}"
                yield finding("large-not-exists", self.structure.text, element.start, rows=self.rows, instead=instead)

    def _graphs(self) -> Iterator[QueryFinding]:
        for element in self.group.elements:
            named = [
                one
                for branch in element.groups
                for one in branch.elements
                if one.kind == "graph" and one.name[0] not in "?$"
            ]
            if element.kind == "union" and len(named) > _MANY_GRAPHS:
                yield finding("many-graphs", self.structure.text, element.start, count=len(named))


def _names(part: set[str]) -> str:
    return ", ".join(sorted(name for name in part if name[0] == "?")) or "[]"
