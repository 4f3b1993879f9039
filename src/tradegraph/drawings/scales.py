"""From numbers and dates to places on a drawing: axes with round steps, classes for maps, widths of words."""

import calendar
import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tradegraph.languages import Language

_NARROW: Final = frozenset("iljtfrI.,:;'’|!()[]- ·1")
_WIDE: Final = frozenset("mwMWÆ@%—")


def text_width(text: str, size: float) -> float:
    """Return about how wide `text` is in a face such as Source Sans at `size`; rather too wide than too narrow."""
    ems = sum(0.3 if one in _NARROW else 0.82 if one in _WIDE else 0.6 if one.isupper() else 0.52 for one in text)
    return ems * size


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return `text` in lines of at most `width`; a word that is too wide stands on a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def shortened(text: str, width: float, size: float) -> str:
    """Return `text`, cut off with an ellipsis where it is wider than `width`; empty when nothing of it would fit."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,;:-–(") + "…" if len(text) > 2 else ""


@dataclass(frozen=True)
class Linear:
    """A scale from numbers `low` to `high` onto lengths `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a number."""
        span = self.high - self.low
        return self.start if span == 0 else self.start + (value - self.low) / span * (self.end - self.start)


def round_ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Return at most `most` + 1 round numbers, evenly apart, of which the first and last hold `low` and `high`.

    >>> round_ticks(0, 94)
    (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
    """
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(index * step, 10) for index in range(first, last + 1))


def written(value: float, language: Language) -> str:
    """Return a number of an axis as people write it, without needless decimals: `1.200`, `2,5`, `−3`."""
    text = f"{abs(value):,.10f}".rstrip("0").rstrip(".")
    if abs(value) < 10_000:
        text = text.replace(",", "")
    if language == "nl":
        text = text.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return ("−" if value < 0 else "") + text


@dataclass(frozen=True)
class Scale:
    """A round unit for large numbers on an axis: what a number is divided by, and the word for it."""

    divisor: float
    word: str


_UNITS: Final[dict[Language, tuple[Scale, ...]]] = {
    "nl": (Scale(1e9, "miljard"), Scale(1e6, "miljoen"), Scale(1e3, "duizend")),
    "en": (Scale(1e9, "billion"), Scale(1e6, "million"), Scale(1e3, "thousand")),
}


def unit_for(highest: float, language: Language) -> Scale:
    """Return the unit in which an axis up to `highest` is easy to read; 1 and no word below ten thousand."""
    if abs(highest) < 10_000:
        return Scale(1, "")
    return next(scale for scale in _UNITS[language] if abs(highest) >= scale.divisor)


def classes(values: Iterable[float], most: int = 4) -> tuple[float, ...]:
    """Return the lowest value of each class of a map, ascending: a class per value where there are few, else round.

    Each class holds at least one of the values; none of them when there are none.
    """
    distinct = sorted(set(values))
    if len(distinct) <= most:
        return tuple(distinct)
    # Of the values that there are, and not of how often: many countries with one mission are one class.
    found: list[float] = [distinct[0]]
    for index in range(1, most):
        start = _rounded_down(distinct[len(distinct) * index // most])
        if start > found[-1] and any(found[-1] <= one < start for one in distinct):
            found.append(start)
    return tuple(found)


def _rounded_down(value: float) -> float:
    if value == 0:
        return 0.0
    power = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    return math.floor(value / power) * power


def class_of(value: float, lowest: tuple[float, ...]) -> int:
    """Return the number of the class of `value`, from 1; 0 below the first."""
    return sum(1 for start in lowest if value >= start)


@dataclass(frozen=True)
class Span:
    """A time as exact as it is known: the first and last day that it can be, and how exact that is."""

    first: datetime.date
    last: datetime.date
    exact: bool


def span_of(value: str) -> Span | None:
    """Return the days that an xsd:date, gYearMonth or gYear covers; None for anything else."""
    parts = value.split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isdigit() for part in parts):
        return None
    try:
        year = int(parts[0])
        first_month, last_month = (int(parts[1]), int(parts[1])) if len(parts) > 1 else (1, 12)
        last_day = int(parts[2]) if len(parts) > 2 else calendar.monthrange(year, last_month)[1]
        first = datetime.date(year, first_month, int(parts[2]) if len(parts) > 2 else 1)
        return Span(first, datetime.date(year, last_month, last_day), len(parts) == 3)
    except (ValueError, calendar.IllegalMonthError):
        return None
