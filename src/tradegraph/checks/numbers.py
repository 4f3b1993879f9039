"""Reads the numbers and dates in a stated form, as Dutch writes them: `1,2 miljoen`, `22,7%`, `ruim driekwart`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_SCALES: Final = {
    "eurocent": Decimal("0.01"),
    "eeuwen": Decimal(100),
    "duizend": Decimal(1_000),
    "miljoen": Decimal(1_000_000),
    "mln": Decimal(1_000_000),
    "miljard": Decimal(1_000_000_000),
    "mld": Decimal(1_000_000_000),
}
_WORDS: Final = {
    "geen": "0",
    "één": "1",
    "een": "1",
    "eerste": "1",
    "twee": "2",
    "beide": "2",
    "tweede": "2",
    "drie": "3",
    "derde": "3",
    "vier": "4",
    "vierde": "4",
    "vijf": "5",
    "vijfde": "5",
    "zes": "6",
    "zesde": "6",
    "zeven": "7",
    "acht": "8",
    "negen": "9",
    "tien": "10",
    "elf": "11",
    "twaalf": "12",
    "dertien": "13",
    "veertien": "14",
    "vijftien": "15",
    "twintig": "20",
    "kwart": "25",
    "driekwart": "75",
    "helft": "50",
    "halveert": "0.5",
    "verdubbelt": "2",
}
_FRACTIONS: Final = {
    "een derde": Decimal(100) / 3,
    "twee derde": Decimal(200) / 3,
    "vier op de vijf": Decimal(80),
}
_NUMBER: Final = re.compile(r"(?<!\w)-?\d+(?:\.\d{3})+(?:,\d+)?|(?<!\w)-?\d+(?:[.,]\d+)?|\d+|[a-zé]+")
_MONTHS: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def stated_numbers(text: str) -> Iterator[Decimal]:
    """Yield every number that `text` states, plain: scale words multiplied out, percent signs dropped.

    A fraction that has no exact decimal is given as a percentage, rounded to two places.
    """
    lowered = text.lower()
    for phrase, value in _FRACTIONS.items():
        if phrase in lowered:
            yield value.quantize(Decimal("0.01"))
    for above, below in re.findall(r"\b(\d)/(\d)\b", lowered):
        yield (Decimal(100) * int(above) / int(below)).quantize(Decimal("0.01"))
    tokens = _NUMBER.findall(lowered)
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        number = _number(token)
        if number is not None:
            yield number
            if following in _SCALES:
                yield number * _SCALES[following]


def stated_scales(text: str) -> set[Decimal]:
    """Return the scales that `text` names, 1 included: a table says only in its caption that it counts in `miljard`."""
    return {Decimal(1)} | {scale for word, scale in _SCALES.items() if re.search(rf"\b{word}\b", text.lower())}


def _number(token: str) -> Decimal | None:
    """Read one token: a number in digits (point or comma), or a number word, also in `vijfjaarlijks`, `tweehonderd`."""
    if token[-1].isalpha():
        word = re.sub("jaarlijkse?$", "", token)
        hundreds = _WORDS.get(word.removesuffix("honderd")) if word.endswith("honderd") else None
        if hundreds:
            return Decimal(hundreds) * 100
        return Decimal(_WORDS[word]) if word in _WORDS else None
    thousands = re.fullmatch(r"-?\d+(?:\.\d{3})+(?:,\d+)?", token)
    return Decimal((token.replace(".", "") if thousands else token).replace(",", "."))


def stated_dates(text: str) -> Iterator[tuple[int | None, int | None, int | None]]:
    """Yield (year, month, day) of every Dutch date in `text`; what a date does not say is `None`."""
    lowered = text.lower()
    for match in re.finditer(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)})(?: (\d{{4}}))?", lowered):
        day, month, year = match.groups()
        yield (int(year) if year else None, _MONTHS.index(month) + 1, int(day) if day else None)
    without = re.sub(rf"(?:{'|'.join(_MONTHS)}) \d{{4}}", "", lowered)
    for match in re.finditer(r"\b(1[5-9]\d\d|20\d\d)\b", without):
        yield int(match.group(1)), None, None
