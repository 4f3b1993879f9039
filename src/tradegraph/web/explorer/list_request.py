"""The address of a list: what it asks, and the one way in which we write it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Self, get_args
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from tradegraph.languages import Language
from tradegraph.web.explorer.list_kind import ListKind, View
from tradegraph.web.problems import RequestError

Sort = Literal["name", "newest", "oldest"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
FORMATS: Final = ("csv", "xlsx", "json", "ttl")
LONGEST_TEXT: Final = 200
_OTHERS: Final = ("by", "format", "page", "q", "sort", "view")
_OF_PAGES: Final = ("by", "page", "view")
_MOST_PAGES: Final = 100_000


@dataclass(frozen=True)
class Wanted:
    """A list as it was asked for. `chosen` has the values of each facet, sorted; `by` is the facet that is charted."""

    kind: ListKind
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    sort: Sort | None = None
    view: View = "list"
    by: str = ""
    page: int = 1
    format: str = ""

    @classmethod
    def read(cls, kind: ListKind, given: MultiDict[str, str]) -> Self:
        """Read the parameters; RequestError 400 for one that is not known, stands twice, or has no sense here.

        Empty values are those of a form that was left open: nothing was asked. Whether values exist is for others.
        """
        facets = {one.key for one in kind.facets}
        chosen: dict[str, tuple[str, ...]] = {}
        single: dict[str, str] = {}
        for name, values in given.lists():
            if name in facets:
                if some := tuple(sorted({value for value in values if value})):
                    chosen[name] = some
            elif name not in _OTHERS:
                known = ", ".join(sorted([*facets, *_OTHERS]))
                raise RequestError(400, f"There is no parameter “{name}”.", f"This list knows: {known}.")
            elif len(values) > 1:
                raise RequestError(400, f"Parameter “{name}” stands here more than once.", "Give it once.")
            elif values[0]:
                single[name] = values[0]
        text = " ".join(single.get("q", "").split())
        if len(text) > LONGEST_TEXT:
            raise RequestError(400, f"q is longer than {LONGEST_TEXT} characters.", "Give fewer words.")
        form = single.get("format", "")
        if form:
            _one_of("format", form, FORMATS)
            if extra := [name for name in _OF_PAGES if name in single]:
                raise RequestError(400, f"A download has no “{extra[0]}”.", "It has all rows: leave this out.")
        sort, view = single.get("sort"), single.get("view", "list")
        sorts = SORTS if kind.dated else ("name",)
        by = single.get("by", "")
        if by:
            _one_of("by", by, tuple(sorted(facets)))
        return cls(
            kind,
            chosen,
            text,
            next((one for one in SORTS if one == _one_of("sort", sort, sorts)), None) if sort else None,
            next(one for one in kind.views if one == _one_of("view", view, kind.views)),
            by,
            _page(single.get("page", "1")),
            form,
        )

    @property
    def ordered(self) -> Sort:
        """How the rows are ordered: as asked, else by name."""
        return self.sort or ("newest" if self.kind.dated else "name")

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows down the list."""
        return bool(self.chosen or self.text)

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters in the order of their names, without those that say nothing new, and the page."""
        pairs = [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [("q", self.text)] if self.text else []
        pairs += [("sort", self.sort)] if self.sort and self.sort != replace(self, sort=None).ordered else []
        pairs += [("view", self.view)] if self.view != "list" else []
        pairs += [("by", self.by)] if self.by and self.view == "chart" else []
        pairs += [("format", self.format)] if self.format else []
        return sorted(pairs)

    def address(self, language: Language) -> str:
        """Return the address of the first page."""
        pairs = self.parameters()
        return f"/{language}/{self.kind.key}/" + ("?" + urlencode(pairs, safe="/") if pairs else "")

    def toggled(self, key: str, value: str) -> Self:
        """Return the list with a value of a facet chosen, or no longer chosen."""
        now = set(self.chosen.get(key, ())) ^ {value}
        chosen = {name: values for name, values in self.chosen.items() if name != key}
        if now:
            chosen[key] = tuple(sorted(now))
        return replace(self, chosen=chosen, page=1)

    def with_only(self, key: str, value: str) -> Self:
        """Return the list, as rows, with one value of a facet chosen and no other of it."""
        return replace(self, chosen={**self.chosen, key: (value,)}, page=1, view="list", by="")

    def as_view(self, view: View, by: str = "") -> Self:
        """Return the same rows in another view."""
        return replace(self, view=view, by=by, page=1)

    def downloaded(self, form: str) -> Self:
        """Return all rows in a format."""
        return replace(self, format=form, view="list", by="", page=1)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise RequestError(400, f"{name}={value[:60]} cannot be used here.", f"There are: {', '.join(known)}.")
    return value


def _page(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= _MOST_PAGES:
        raise RequestError(400, f"page={text[:60]} cannot be used.", "Give a whole number from 1.")
    return int(text)
