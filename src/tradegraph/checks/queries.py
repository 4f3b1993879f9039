"""Checks that are queries: each file under `queries/checks/` must return no rows on the whole graph."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import QuerySolutions, Store

from tradegraph.errors import NotSound
from tradegraph.namespaces import BASE, shrink
from tradegraph.queries import StoredQuery


@dataclass(frozen=True)
class Violation:
    """One row that a check found: the check's name and question, and the row as `?variable = value` texts."""

    check: str
    question_en: str
    row: tuple[str, ...]

    def __str__(self) -> str:
        return f"queries/checks/{self.check}.rq: {', '.join(self.row)}. {self.question_en}"


def run_checks(store: Store, checks: Iterable[StoredQuery]) -> list[Violation]:
    """Run each check on the union of all graphs and return what they find, in check and row order."""
    found: list[Violation] = []
    for check in checks:
        try:
            solutions = store.query(check.text, base_iri=BASE, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise NotSound(f"queries/checks/{check.name}.rq: {error}. Correct the query.") from error
        if not isinstance(solutions, QuerySolutions):
            raise NotSound(f"queries/checks/{check.name}.rq: not a SELECT. Make it one that returns what is wrong.")
        rows = []
        for solution in solutions:
            pairs = zip(solutions.variables, solution, strict=True)
            rows.append(tuple(f"?{name.value} = {_show(term)}" for name, term in pairs if term is not None))
        found += [Violation(check.name, check.question_en, row) for row in sorted(rows)]
    return found


def _show(term: object) -> str:
    text = str(term)
    return shrink(text[1:-1]) if text.startswith("<") else text
