"""The parts that pages are put together from, as values; `templates/kit.html` draws them."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from tradegraph.languages import Language
from tradegraph.web.notes import Link, Mark, Text

PAGE_SIZE: Final = 50
_MONTHS: Final = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True)
class Fact:
    """One value of a thing, with its source marks: what to show, where it leads, the value as written.

    `note` is a remark in small (a qualification, a status, a gap); `gap` says that the value is not known and why.
    """

    value: Text
    marks: tuple[Mark, ...] = ()
    stated: str = ""
    note: str = ""
    gap: bool = False


@dataclass(frozen=True)
class Facts:
    """A row of a definition list: what the facts are of (with the address of the term), and the facts."""

    label: str
    facts: tuple[Fact, ...]
    term: str = ""


@dataclass(frozen=True)
class Tab:
    """A view of the same content: its name and address; `current` is the one that is shown."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many things have it, where a click leads, and whether it is chosen."""

    label: Text
    count: int
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A property by which a list can be narrowed, with its values, the most frequent first."""

    key: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Pager:
    """Which part of a list is shown: items `first` to `last` of `total`, and where the other parts are."""

    first: int
    last: int
    total: int
    previous: str = ""
    next: str = ""

    @classmethod
    def of(cls, total: int, page: int, path: str, parameters: list[tuple[str, str]], size: int = PAGE_SIZE) -> "Pager":
        """Return the pager of page `page` (from 1); `parameters` are those of the address but for the page."""

        def at(number: int) -> str:
            pairs = [*parameters, ("page", str(number))] if number > 1 else parameters
            return path + ("?" + urlencode(pairs) if pairs else "")

        last = min(page * size, total)
        first = min((page - 1) * size + 1, last)
        return cls(first, last, total, at(page - 1) if page > 1 else "", at(page + 1) if last < total else "")


@dataclass(frozen=True)
class Query:
    """A query behind a part of a page: what it asks, and the address of the editor with it."""

    label: str
    href: str


@dataclass(frozen=True)
class Actions:
    """What can be done with a page: formats, queries, and the address that a citation names."""

    formats: tuple[Link, ...] = ()
    queries: tuple[Query, ...] = ()
    cite: str = ""
    identifier: str = ""
    graph: str = ""
    connections: str = ""


def date_in_words(value: str, language: Language) -> str:
    """Return an xsd:date, gYearMonth or gYear as people write it: `16 juni 2025`, `June 2025`, `2025`.

    Anything else comes back as it is.
    """
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
        return value
    if len(parts) == 1:
        return value
    if not 1 <= int(parts[1]) <= 12:
        return value
    month = _MONTHS[language].split()[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def number_in_words(value: str, language: Language) -> str:
    """Return an xsd:integer or xsd:decimal with thousands apart and all its decimals: `1.234,5` or `1,234.5`.

    Anything else comes back as it is; no digit is added or taken away.
    """
    whole, point, decimals = value.removeprefix("-").partition(".")
    if not whole.isdigit() or (point and not decimals.isdigit()):
        return value
    # A year or a number of four digits is easier to read without.
    grouped = f"{int(whole):,}" if len(whole) > 4 else whole
    written = grouped + (f".{decimals}" if decimals else "")
    if language == "nl":
        written = written.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return ("−" if value.startswith("-") else "") + written
