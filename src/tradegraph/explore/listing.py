"""Lists of things of one kind: what is said of each, how the list narrows down, and how many things have which value.

Rows and counts come from the same items, so that they cannot contradict each other. No HTTP, no words.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import pyoxigraph as ox

from tradegraph.explore.reading import Solution
from tradegraph.languages import Words
from tradegraph.namespaces import DEF, ID, PREFIXES

Reading = Literal["value", "country", "market", "year", "class"]
"""How an aspect is read: the value itself, its country, the sets that its country is in, a year, or a class."""

NOT_STATED: Final = "none"
"""What a facet calls things of which it does not know the value."""
STATED_IN: Final = DEF + "statedIn"
TYPE: Final = PREFIXES["rdf"] + "type"
Value = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Said:
    """A value, the passages it was read from, and for a derived relation its record and the rule (IRIs, else empty).

    `inverse`: the graph says it the other way round, with the value as its subject.
    """

    value: Value
    passages: tuple[str, ...]
    record: str = ""
    rule: str = ""
    inverse: bool = False


@dataclass(frozen=True)
class Item:
    """A thing of a list: what is said of it by the IRI of the property, once for each value and record."""

    iri: str
    said: Mapping[str, tuple[Said, ...]]

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages that the thing itself was read from."""
        return tuple(one.value.value for one in self.said.get(STATED_IN, ()))


@dataclass(frozen=True)
class Aspect:
    """Something that is said of the things of a list.

    `properties` are IRIs of which the first that a thing has counts, in the order given, unless `together`.
    `facet`: the list can be narrowed down by it; `shown`: it stands in each row, `expected` even when it is not stated.
    `ignored` are classes (of a class aspect) that every thing of the list has.
    """

    key: str
    label: Words
    properties: tuple[str, ...]
    reading: Reading = "value"
    facet: bool = True
    shown: bool = True
    expected: bool = False
    together: bool = False
    ignored: tuple[str, ...] = ()

    def of(self, item: Item) -> tuple[Said, ...]:
        """Return what is said of `item`, as the row shows it."""
        found: list[Said] = []
        for name in self.properties:
            said = [one for one in item.said.get(name, ()) if one.value.value not in self.ignored]
            found += said
            if found and not self.together:
                break
        return tuple(found)


@dataclass(frozen=True)
class Places:
    """Where places are: the countries of a place, the code (ISO 3166-1 alpha-3) of a country, the sets it is in."""

    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    groupings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, rows: Iterable[Solution]) -> "Places":
        """Read the answer of `queries/pages/list_places.rq`."""
        countries: dict[str, dict[str, None]] = defaultdict(dict)
        groupings: dict[str, dict[str, None]] = defaultdict(dict)
        codes: dict[str, str] = {}
        for row in rows:
            place, country = _iri(row, "place"), _iri(row, "country")
            if country:
                countries[place][country] = None
            if grouping := _iri(row, "grouping"):
                groupings[place][grouping] = None
            if isinstance(code := row.get("code"), ox.Literal):
                codes[country] = code.value
        return cls(
            {place: tuple(sorted(found)) for place, found in countries.items()},
            codes,
            {place: tuple(sorted(found)) for place, found in groupings.items()},
        )


@dataclass(frozen=True)
class Narrowed:
    """What is left of a list: the items, and for each aspect how many things have each key.

    The counts of an aspect are those that hold when nothing is chosen in it: choosing one more value adds its things.
    """

    items: tuple[Item, ...]
    counts: Mapping[str, Mapping[str, int]]


@dataclass
class _Evidence:
    """What the rows for one value and record say together."""

    rule: str = ""
    inverse: bool = False
    passages: set[str] = field(default_factory=set)


def items_of(rows: Iterable[Solution], kind: str) -> tuple[Item, ...]:
    """Return the things of `kind` in the answer of a list query, in order of their IRIs.

    A row has `thing`, `property` and `value`, for a derived relation `record`, `rule` and `passage`, and `inverse`
    where the value is the subject.
    """
    said: dict[str, dict[str, dict[tuple[Value, str], _Evidence]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        thing, name, value = _iri(row, "thing"), _iri(row, "property"), row.get("value")
        if not thing.startswith(f"{ID}{kind}/") or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        evidence = said[thing][name].setdefault((value, _iri(row, "record")), _Evidence())
        evidence.rule = _iri(row, "rule")
        evidence.inverse = "inverse" in row
        if passage := _iri(row, "passage"):
            evidence.passages.add(passage)
    found = []
    for thing, properties in sorted(said.items()):
        own = tuple(sorted(value.value for value, _ in properties.get(STATED_IN, {})))
        values = {
            name: tuple(
                # A plain fact was read where the thing was read; a derived one only where its record says.
                Said(
                    value,
                    tuple(sorted(evidence.passages)) or (() if record or name == STATED_IN else own),
                    record,
                    evidence.rule,
                    evidence.inverse,
                )
                for (value, record), evidence in sorted(known.items(), key=lambda one: (str(one[0][0]), one[0][1]))
            )
            for name, known in properties.items()
        }
        found.append(Item(thing, values))
    return tuple(found)


def merged(said: Iterable[Said]) -> tuple[Said, ...]:
    """Return each value once: where several records say the same, with the passages of all and the first record."""
    found: dict[Value, Said] = {}
    for one in said:
        before = found.get(one.value)
        passages = dict.fromkeys([*before.passages, *one.passages]) if before else one.passages
        found[one.value] = replace(before or one, passages=tuple(passages))
    return tuple(found.values())


def keys(item: Item, aspect: Aspect, places: Places) -> frozenset[str]:
    """Return the keys under which a facet counts `item`: `territory/idn`, `2025`, `Treaty`, or `none`."""
    found: set[str] = set()
    for said in aspect.of(item):
        value = said.value.value
        match aspect.reading:
            case "country":
                found |= {key_of(country) for country in places.countries.get(value, (value,))}
            case "market":
                of = (value, *places.countries.get(value, ()))
                found |= {key_of(grouping) for place in of for grouping in places.groupings.get(place, ())}
            case "year":
                found.add(value[:4])
            case _:
                found.add(key_of(value))
    return frozenset(found or {NOT_STATED})


def key_of(value: str) -> str:
    """Return the key of a value in an address: `kind/key` of a thing of ours, the local name of a class."""
    return value.removeprefix(ID).removeprefix(DEF)


def iri_of(key: str) -> str:
    """Return the IRI of which `key` is the key; empty for a year and for what is not stated."""
    if key == NOT_STATED or key.isdigit():
        return ""
    if "://" in key:
        return key
    return (ID if "/" in key else DEF) + key


def narrow(
    items: Iterable[Item],
    chosen: Mapping[str, frozenset[str]],
    keyed: Mapping[str, Callable[[Item], frozenset[str]]],
    text: Callable[[Item], bool] = lambda _: True,
) -> Narrowed:
    """Keep the items that have one of the chosen keys of every aspect, and of which `text` holds.

    `keyed` gives the keys of an item by the key of each aspect; `chosen` has keys of it.
    """
    left: list[Item] = []
    counts: dict[str, Counter[str]] = {key: Counter() for key in keyed}
    for item in items:
        if not text(item):
            continue
        having = {key: of(item) for key, of in keyed.items()}
        misses = [key for key, wanted in chosen.items() if wanted and not wanted & having[key]]
        if not misses:
            left.append(item)
        for key in keyed:
            # Counted where this aspect is the only one that leaves the item out, or none does.
            if not misses or misses == [key]:
                counts[key].update(having[key])
    return Narrowed(tuple(left), counts)


def folded(text: str) -> str:
    """Return a text without accents and capitals, to look for words in."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _iri(row: Solution, name: str) -> str:
    term = row.get(name)
    return term.value if isinstance(term, ox.NamedNode) else ""
