"""References in the forms that people use: a sentence in APA style, BibTeX, RIS and CSL-JSON. Pure functions.

There is no clock in them: a date is that of the work, and a work without one has none. What is not known is left out
and never made up.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from tradegraph.languages import Language, Words

WorkType = Literal["document", "data", "page"]
_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_BIBTEX_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_BIBTEX_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_FORM: Final[dict[WorkType, Words]] = {
    "document": Words(),
    "data": Words("Kennisgraaf", "Knowledge graph"),
    "page": Words(),
}
_RIS_TYPES: Final[dict[WorkType, str]] = {"document": "RPRT", "data": "DATA", "page": "ELEC"}
_CSL_TYPES: Final[dict[WorkType, str]] = {"document": "report", "data": "dataset", "page": "webpage"}
_RELEASE: Final = Words("uitgave", "release")
_NO_DATE: Final = Words("z.d.", "n.d.")


@dataclass(frozen=True)
class Work:
    """What is cited. `authors` are names of organisations, offices or people as they stand, none where unknown.

    `issued` is year, year-month or year-month-day (ISO 8601), or empty; `identifier` the number by which the publisher
    knows it; `release` that of tradegraph; `address` an absolute address; `language` that of the title, or empty.
    """

    type: WorkType
    title: str
    address: str
    authors: tuple[str, ...] = ()
    issued: str = ""
    identifier: str = ""
    release: str = ""
    publisher: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """The key of the reference: letters, digits and hyphens, from its identifier and release, else its title."""
        parts = [self.authors[0].split()[0] if self.authors else "", self.identifier or self.title, self.release[:8]]
        plain = unicodedata.normalize("NFKD", "-".join(part for part in parts if part)).encode("ascii", "ignore")
        return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:60].rstrip("-") or "reference"

    @property
    def date(self) -> tuple[int, ...]:
        """Year, month and day as far as they are known."""
        found = _DATE.match(self.issued)
        return tuple(int(part) for part in found.groups() if part) if found else ()


def apa(work: Work, language: Language) -> str:
    """Return the reference as a sentence in APA style (seventh edition), in Dutch or English, ending in the address.

    Without an author the title takes its place.
    """
    details = [work.identifier] if work.identifier else []
    details += [f"{_RELEASE.in_(language)} {work.release}"] if work.release else []
    title = work.title + (f" ({'; '.join(details)})" if details else "")
    form = _FORM[work.type].in_(language)
    title += f" [{form}]" if form else ""
    dated = f"({_apa_date(work, language)})"
    start = [_joined(work.authors), dated, title] if work.authors else [title, dated]
    publisher = [work.publisher] if work.publisher and work.publisher not in work.authors else []
    said = " ".join(part if part.endswith(".") else f"{part}." for part in (*start, *publisher))
    return f"{said} {work.address}"


def bibtex(work: Work) -> str:
    """Return a BibTeX entry: names of organisations in braces, so that they are not taken for people's."""
    kind = "techreport" if work.type == "document" and (work.publisher or work.authors) else "misc"
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in work.authors),
        "title": f"{{{_tex(work.title)}}}",
        "institution" if kind == "techreport" else "publisher": _tex(
            work.publisher or (work.authors[0] if kind == "techreport" else "")
        ),
        "number": _tex(work.identifier),
        "year": f"{work.date[0]:04}" if work.date else "",
        "month": _BIBTEX_MONTHS[work.date[1] - 1] if len(work.date) > 1 else "",
        "note": _tex(f"Release {work.release}") if work.release else "",
        # The url package reads this as it stands; only braces would end the field.
        "url": work.address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
    }
    lines = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@{kind}{{{work.key},", *lines, "}"]) + "\n"


def ris(work: Work) -> str:
    """Return a RIS record: `TY` first and `ER` last, two letters, two spaces, a hyphen, a space; lines end in CR LF."""
    date = "/".join([f"{part:02}" for part in work.date] + [""] * (4 - len(work.date))) if work.date else ""
    tags = [
        ("TY", _RIS_TYPES[work.type]),
        *(("AU", name) for name in work.authors),
        ("TI", work.title),
        ("PY", f"{work.date[0]:04}" if work.date else ""),
        ("DA", date),
        ("PB", work.publisher),
        ("SN" if work.type == "document" else "M1", work.identifier),
        ("ET", work.release),
        ("LA", work.language),
        ("UR", work.address),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(work: Work) -> str:
    """Return a CSL-JSON document: a list with one item, names as `literal`, the date as `date-parts`."""
    item: dict[str, object] = {
        "id": work.key,
        "type": _CSL_TYPES[work.type],
        "title": work.title,
        "author": [{"literal": name} for name in work.authors],
        "issued": {"date-parts": [list(work.date)]} if work.date else None,
        "number": work.identifier,
        "version": work.release,
        "publisher": work.publisher,
        "language": work.language,
        "URL": work.address,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _apa_date(work: Work, language: Language) -> str:
    if not work.date:
        return _NO_DATE.in_(language)
    year, *rest = work.date
    if not rest:
        return str(year)
    month = _MONTHS[language][rest[0] - 1]
    if len(rest) == 1:
        return f"{year}, {month}"
    return f"{year}, {rest[1]} {month}" if language == "nl" else f"{year}, {month} {rest[1]}"


def _joined(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} & {names[-1]}"


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(character, character) for character in " ".join(text.split()))
