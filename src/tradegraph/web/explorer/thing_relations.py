"""The direct relations of a thing: in groups by property and direction, and as a small drawing."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from tradegraph.drawings.network import GLYPHS, lines_of
from tradegraph.explore.kinds import kind_of
from tradegraph.namespaces import ID, shrink
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.thing_parts import Group, GroupsPart, Part
from tradegraph.web.explorer.thing_reading import Related
from tradegraph.web.explorer.thing_values import Writer, say

FIRST: Final = 10
MOST_OUT: Final = 60
"""Relations of the thing itself have no list on pages of its own, so that all of them stand here."""
_MOST_BESIDE: Final = 8
"""On each side of the thing, so that the drawing is no taller than the facts beside it."""
_MIDDLE: Final = 274.0
_REACH: Final = 78.0
_ROW: Final = 42.0
_LEADS_EVERYWHERE: Final = frozenset(("tg:hasStatus", "tg:cites", "tg:year"))
# Shown in places of their own, or said by the address of the page; the others lead everywhere.
SHOWN_APART: Final = frozenset(
    [
        "rdf:type",
        "tg:statedIn",
        "tg:recordedIn",
        "oa:hasSelector",
        "rdfs:label",
        "skos:prefLabel",
        "dct:title",
        "dct:description",
        "skos:definition",
        "tg:text",
        "tg:curationNote",
        "tg:about",
        "tg:refersTo",
        "tg:mentionedIn",
        "tg:year",
    ]
)


def relations(w: Writer) -> list[Part]:
    """Return the relations that have no other place on the page, and below them, folded, the records behind them."""
    groups: dict[tuple[str, bool], list[Related]] = defaultdict(list)
    for one in w.reading.relations:
        name = shrink(one.relation)
        if (one.denied or (name, one.inverse) not in w.shown) and name not in SHOWN_APART:
            groups[name, one.inverse].append(one)
    for name, terms in w.reading.own.values.items():
        if (name, False) not in w.shown and name not in SHOWN_APART and (name, False) not in groups:
            groups[name, False] = [Related(name, False, term) for term in terms]
    direct: list[Group] = []
    records: list[Group] = []
    for (name, inverse), members in sorted(groups.items(), key=lambda one: (one[0][1], w.label(one[0][0]).casefold())):
        group = _group(w, name, members, inverse=inverse)
        evidence = all(kind_of(one.iri).layer == "evidence" for one in members if one.iri) and any(
            one.iri for one in members
        )
        (records if evidence and inverse else direct).append(group)
    parts: list[Part] = []
    query = w.reading.panel("thing_relations").address(w.language)
    if direct:
        parts.append(GroupsPart("relations", say(w, "things_relations"), tuple(direct), query=query))
    if records:
        heading = say(w, "things_records")
        parts.append(GroupsPart("records", heading, tuple(records), folded=True))
    return parts


def _group(w: Writer, name: str, members: list[Related], *, inverse: bool) -> Group:
    most = FIRST if inverse else MOST_OUT
    facts = tuple(w.related(one) if one.passages or inverse else w.own_value(name, one.other) for one in members[:most])
    more = f"?property={name}" if inverse and len(members) > most and ":" in name else ""
    return Group(w.label(name, inverse=inverse), facts, len(members), more, w.address_of(name))


@dataclass(frozen=True)
class Node:
    """A thing in the drawing: its place, outline and colour, name in lines, address, and what relates it to the thing.

    `side` is -1 for what points to the thing, 1 for what it points to.
    """

    x: float
    y: float
    outline: str
    colour: str
    lines: tuple[str, ...]
    href: str
    says: str
    side: int


@dataclass(frozen=True)
class Sketch:
    """The small drawing: `shown` of `total` things beside this one, lines as paths, and its size.

    Names stand outside, so that they keep a size that can be read next to the facts.
    """

    nodes: tuple[Node, ...]
    lines: tuple[str, ...]
    outline: str
    colour: str
    height: float
    shown: int
    total: int
    left: float
    width: float
    middle: float = _MIDDLE

    @property
    def wide(self) -> bool:
        """Whether there are things on both sides."""
        return self.width == 2 * _MIDDLE


def sketch(w: Writer) -> Sketch | None:
    """Return a drawing of what a thing is directly related to, a few of each relation; nothing for fewer than two."""
    groups: dict[tuple[str, bool], list[Related]] = defaultdict(list)
    for one in w.reading.relations:
        drawn = one.rule and one.iri.startswith(ID) and not one.denied and kind_of(one.iri).layer != "evidence"
        if drawn and one.iri != w.reading.thing and shrink(one.relation) not in _LEADS_EVERYWHERE:
            groups[one.relation, one.inverse].append(one)
    every = {one.iri for members in groups.values() for one in members}
    beside: dict[bool, list[Related]] = {True: [], False: []}
    chosen: set[str] = set()
    # In turn from each group, so that a hundred of one relation leave room for the others.
    for turn in range(max((len(members) for members in groups.values()), default=0)):
        for (_, inverse), members in groups.items():
            if turn < len(members) and len(beside[inverse]) < _MOST_BESIDE and members[turn].iri not in chosen:
                chosen.add(members[turn].iri)
                beside[inverse].append(members[turn])
    if len(chosen) < 2:
        return None
    rows = max(len(members) for members in beside.values())
    height = rows * _ROW + 12
    nodes: list[Node] = []
    lines: list[str] = []
    for inverse, members in beside.items():
        side = -1 if inverse else 1
        x = _MIDDLE + side * _REACH
        members.sort(key=lambda one: w.label(one.relation, inverse=one.inverse))
        for number, one in enumerate(members):
            y = round(height / 2 + (number - (len(members) - 1) / 2) * _ROW, 1)
            nodes.append(_node(w, one, x, y, side))
            bend = _MIDDLE + side * _REACH / 2
            lines.append(f"M{_MIDDLE:g} {height / 2:g}C{bend:g} {height / 2:g} {bend:g} {y:g} {x:g} {y:g}")
    kind = kind_of(w.reading.thing)
    # Where nothing stands on a side, the drawing ends at the thing.
    left = 0.0 if beside[True] else _MIDDLE - 24
    width = (2 * _MIDDLE if beside[False] else _MIDDLE + 24) - left
    outline = GLYPHS[kind.shape]
    return Sketch(tuple(nodes), tuple(lines), outline, kind.colour, height, len(chosen), len(every), left, width)


def _node(w: Writer, one: Related, x: float, y: float, side: int) -> Node:
    kind = kind_of(one.iri)
    name = w.name(one.iri).text
    relation = w.label(one.relation, inverse=one.inverse)
    href = page_address(one.iri, w.language)
    return Node(x, y, GLYPHS[kind.shape], kind.colour, lines_of(name, 24), href, f"{relation}: {name}", side)
