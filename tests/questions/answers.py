"""When an answer key counts as contained in rows: one plain answer, one amount, one yes or no, one named value.

An answer of the key is text as a reader of the document would give it. A row holds it when, in reading order and
without regard to case and punctuation, its words stand in the row's texts, or when the row gives its normal form.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

Row = Sequence[str]

_ARTICLES = frozenset({"de", "het", "een", "the", "a", "an"})
_FILLERS = _ARTICLES | {"van", "uit", "of", "from", "is", "zijn", "heeft", "wordt", "worden", "waarvan"}
_SCALES = {None: 1, "miljoen": 10**6, "miljard": 10**9}
_UNITS = {"euro": "euro", "%": "procent"}
_AMOUNT = re.compile(r"(EUR )?([\d.]+(?:,\d+)?) ?(miljoen|miljard)? ?(euro|%)?")
_NAMED_VALUE = re.compile(r"(?P<name>.+) \((?P<value>[^()]+)\)|(?P<left>.+): (?P<right>.+)")
_STEM = 5
_CLAUSE = 4


def words(text: str) -> list[str]:
    """Split into lower-case words and numbers; a number keeps its separators and per cent sign, so 8,0 is not 28,0."""
    return re.findall(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())


def holds(row: Row, answer: str) -> bool:
    """Tell whether one row gives the whole answer."""
    if answer in ("true", "false"):
        return answer in row
    if _states(row, answer) or _has_amount(row, answer):
        return True
    match = _NAMED_VALUE.fullmatch(answer)
    if match is None:
        # a clause: a row says it in other words, so only its words count
        return len(words(answer)) >= _CLAUSE and _resembles(row, answer)
    pair = (match["name"], match["value"]) if match["name"] else (match["left"], match["right"])
    return all(_states(row, part) or _resembles(row, part) for part in pair)


def listed(rows: Sequence[Row], answer: str) -> bool:
    """Tell whether the rows together give a named list: 'name: one, two' when a row holds each of 'name: one', …"""
    name, colon, items = answer.partition(": ")
    parts = re.split(", | en ", items)
    return bool(colon) and len(parts) > 1 and all(first_row(rows, f"{name}: {part}") is not None for part in parts)


def empty(rows: Sequence[Row], answer: str) -> bool:
    """Tell whether the rows give an answer 'geen (alle …)': none is left out, so no row says 'nee'."""
    return answer.startswith("geen (alle ") and bool(rows) and not any("nee" in row for row in rows)


def first_row(rows: Sequence[Row], answer: str) -> int | None:
    """Return the position of the first row that holds the answer, None when no row does."""
    return next((position for position, row in enumerate(rows) if holds(row, answer)), None)


def _states(row: Row, answer: str) -> bool:
    """The answer's words, without a leading article, stand together in the row."""
    wanted = words(answer)
    if wanted and wanted[0] in _ARTICLES:
        wanted = wanted[1:]
    found = words(" ".join(row))
    size = len(wanted)
    return size > 0 and any(found[at : at + size] == wanted for at in range(len(found) - size + 1))


def _has_amount(row: Row, answer: str) -> bool:
    """The answer is an amount, and the row gives its number in full and its unit, each as a text of its own."""
    match = _AMOUNT.fullmatch(answer)
    if match is None or bool(match[1]) == bool(match[4]):
        return False
    unit = _UNITS["euro"] if match[1] else _UNITS[match[4]]
    number = Decimal(match[2].replace(".", "").replace(",", ".")) * _SCALES[match[3]]
    return f"{number.normalize():f}" in row and unit in row


def _resembles(row: Row, part: str) -> bool:
    """Each word of one half of a named value is in the row: numbers exactly, names by their stem or as the end of one.

    The key says 'partnerschappen' or 'onderzoek' where a label says 'partnerschap' or 'vervolgonderzoek'.
    """
    found = words(" ".join(row))

    def present(word: str) -> bool:
        if not word.isalpha() or len(word) < _STEM:
            return word in found
        return any(other.startswith(word[:_STEM]) or other.endswith(word) for other in found)

    return all(present(word) for word in words(part) if word not in _FILLERS)
