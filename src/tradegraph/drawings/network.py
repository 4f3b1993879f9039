"""The things around one thing as columns: what points to it on the left, what it points to on the right.

Nothing is left to chance or to forces: the same network is always drawn the same way, and each node has a row of its
own, so that no two texts lie over each other. What is two steps away stands in the outer columns, by what leads to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

COLUMN: Final = 340.0
ROW: Final = 62.0
MARGIN: Final = 40.0
NODE_WIDTH: Final = 190.0
_BOW: Final = 0.42
_FURTHEST: Final = 2
"""Columns on each side: whatever is further away stands in the outermost."""


GLYPHS: Final = {
    "circle": "M-15 0A15 15 0 1 1 15 0A15 15 0 1 1-15 0Z",
    "barrel": "M-14-11Q0-17 14-11V11Q0 17-14 11Z",
    "box": "M-16-9Q-16-13-12-13H12Q16-13 16-9V9Q16 13 12 13H-12Q-16 13-16 9Z",
    "hexagon": "M-16 0L-8-14H8L16 0L8 14H-8Z",
    "diamond": "M0-17L17 0L0 17L-17 0Z",
    "tag": "M-16-11H8L17 0L8 11H-16Z",
    "triangle": "M0-16L17 13H-17Z",
    "sheet": "M-12-16H5L13-8V16H-12Z",
    "square": "M-14-14H14V14H-14Z",
}
"""The outline of each shape of a node, around its middle; about 32 units wide."""


@dataclass(frozen=True)
class Joint:
    """A line between two nodes, by their keys; several relations between the same two are one line."""

    source: str
    target: str


@dataclass(frozen=True)
class Place:
    """The middle of a node, in units of the drawing."""

    x: float
    y: float


@dataclass(frozen=True)
class Layout:
    """Where every node stands, by key, and the size of the whole."""

    places: dict[str, Place]
    width: float
    height: float


def lay_out(focus: str, nodes: Sequence[str], joints: Iterable[Joint]) -> Layout:
    """Place `nodes` (keys, the focus among them, in the order in which they should be read) around `focus`.

    Linear in nodes and joints but for sorting. A node that nothing leads to stands in the outermost right column.
    """
    beside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for joint in joints:
        beside[joint.source].append((joint.target, 1))
        beside[joint.target].append((joint.source, -1))
    order = {key: number for number, key in enumerate(nodes)}
    column = {focus: 0}
    parent: dict[str, str] = {}
    wave = [focus]
    while wave:
        following: list[str] = []
        for key in wave:
            for other, direction in sorted(beside[key], key=lambda one: order.get(one[0], len(order))):
                if other in order and other not in column:
                    # Further on in the same direction; from the focus the relation says which side.
                    side = direction if column[key] == 0 else (1 if column[key] > 0 else -1)
                    column[other] = side * min(abs(column[key]) + 1, _FURTHEST)
                    parent[other] = key
                    following.append(other)
        wave = following
    for key in nodes:
        column.setdefault(key, _FURTHEST)
    columns: dict[int, list[str]] = defaultdict(list)
    for key in nodes:
        columns[column[key]].append(key)
    rows = {0: {focus: 0.0}}
    for number in sorted(columns, key=abs):
        if number:
            inner = rows.get(number - (1 if number > 0 else -1), {})
            wanted = {key: inner.get(parent.get(key, focus), 0.0) for key in columns[number]}
            ranked = sorted(columns[number], key=lambda key: (wanted[key], order[key]))
            rows[number] = {key: place - (len(ranked) - 1) / 2 for place, key in enumerate(ranked)}
    deepest = max(abs(row) for placed in rows.values() for row in placed.values())
    left, right = min(rows), max(rows)
    height = 2 * deepest * ROW + ROW + 2 * MARGIN
    places = {
        key: Place(MARGIN + NODE_WIDTH / 2 + (number - left) * COLUMN, round(height / 2 + row * ROW, 1))
        for number, placed in rows.items()
        for key, row in placed.items()
    }
    # A bow between two nodes of the last column goes out beyond it.
    bows = any(
        places[key].x == places[other].x for key in columns[right] for other, _ in beside[key] if other in places
    )
    width = (right - left) * COLUMN + NODE_WIDTH + 2 * MARGIN + (_BOW * COLUMN / 2 if bows else 0)
    return Layout(places, width, height)


def curve(start: Place, end: Place) -> str:
    """Return the path of a line between two nodes: an S between columns, a bow within one."""
    if start.x == end.x:
        out = start.x + COLUMN * _BOW
        return f"M{start.x:g} {start.y:g}C{out:g} {start.y:g} {out:g} {end.y:g} {end.x:g} {end.y:g}"
    middle = (start.x + end.x) / 2
    return f"M{start.x:g} {start.y:g}C{middle:g} {start.y:g} {middle:g} {end.y:g} {end.x:g} {end.y:g}"


def along(start: Place, end: Place, share: float) -> Place:
    """Return the point of `curve` after a `share` (0 to 1) of its parameter."""
    if start.x == end.x:
        controls = (start.x, start.x + COLUMN * _BOW, start.x + COLUMN * _BOW, end.x)
    else:
        middle = (start.x + end.x) / 2
        controls = (start.x, middle, middle, end.x)
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x = sum(weight * value for weight, value in zip(weights, controls, strict=True))
    y = sum(weight * value for weight, value in zip(weights, (start.y, start.y, end.y, end.y), strict=True))
    return Place(round(x, 1), round(y, 1))


def lines_of(text: str, longest: int = 28, most: int = 2) -> tuple[str, ...]:
    """Return a label in lines of at most `longest` characters; what does not fit in `most` lines ends in “…”."""
    words, found = text.split(), [""]
    for word in words:
        joined = f"{found[-1]} {word}".strip()
        if len(joined) <= longest or not found[-1]:
            found[-1] = joined
        else:
            found.append(word)
    cut = [line if len(line) <= longest else line[: longest - 1] + "…" for line in found[:most]]
    if len(found) > most and not cut[-1].endswith("…"):
        cut[-1] = (cut[-1] if len(cut[-1]) < longest else cut[-1][: longest - 1].rstrip()) + "…"
    return tuple(cut)
