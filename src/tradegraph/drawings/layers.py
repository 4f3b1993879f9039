"""Paths between two ends as a picture in layers: one end on the left, the other on the right, a column for each step.

Every node has a row of its own in its column, and so has a line where it passes a column, so that no line runs
through a node. Words stand on a line only where they lie over no other words. The same paths give the same picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tradegraph.drawings.network import Place
from tradegraph.drawings.scales import text_width

COLUMN: Final = 250.0
NARROW: Final = 214.0
"""Between columns, where there are so many that a wide page would not hold them."""
ROW: Final = 74.0
PASSING: Final = 26.0
MARGIN_X: Final = 100.0
MARGIN_Y: Final = 44.0
WORDS: Final = 12.0
"""Size of the words on lines."""
LONGEST_WORDS: Final = 190.0
_SWEEPS: Final = 6
_SHARES: Final = (0.5, 0.34, 0.66, 0.22, 0.78)


@dataclass(frozen=True)
class Line:
    """A line between two nodes (keys), through the `points` that its path bends at, and where its words stand.

    `words_at` is None where they would lie over something else.
    """

    source: str
    target: str
    points: tuple[Place, ...]
    words_at: Place | None = None

    @property
    def path(self) -> str:
        """The path as SVG writes it: level at every point, and in curves between them."""
        first, *others = self.points
        written = [f"M{first.x:g} {first.y:g}"]
        for start, end in pairwise((first, *others)):
            if start.x == end.x:
                out = start.x + COLUMN * 0.36
                written.append(f"C{out:g} {start.y:g} {out:g} {end.y:g} {end.x:g} {end.y:g}")
            else:
                middle = (start.x + end.x) / 2
                written.append(f"C{middle:g} {start.y:g} {middle:g} {end.y:g} {end.x:g} {end.y:g}")
        return "".join(written)


@dataclass(frozen=True)
class Layers:
    """Where every node stands, by key, the lines between them, and the size of the whole."""

    places: dict[str, Place]
    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Box:
    """A rectangle that words or a node take up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Say whether two boxes overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def lay_out(paths: Sequence[Sequence[str]], words: Mapping[tuple[str, str], str]) -> Layers:
    """Place the nodes of `paths` (keys; all begin and end with the same two), best path first.

    `words` are those of a line by the keys of its ends, in the direction of the path.
    """
    column = _columns(paths)
    last = column[paths[0][-1]]
    gap = COLUMN if last <= 4 else NARROW
    joints = list(dict.fromkeys(pair for path in paths for pair in pairwise(path)))
    # A line that passes columns gets a place in each: a chain of keys, the inner ones made up.
    chains = {joint: _chain(joint, column) for joint in joints}
    rows = _ordered(column, chains, last)
    places, height = _placed(rows, gap)
    lines = [Line(*joint, tuple(places[key] for key in chains[joint])) for joint in joints]
    shown = {key: places[key] for key in column}
    return Layers(shown, _worded(lines, words, shown), 2 * MARGIN_X + last * gap, height)


def _columns(paths: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the column of each node: so far right that every line leads to the right, where paths allow that.

    Two paths may go through the same two nodes in opposite directions: then the better one has its way.
    """
    start, end = paths[0][0], paths[0][-1]
    onward: dict[str, list[str]] = {key: [] for path in paths for key in path}
    for one, other in dict.fromkeys(pair for path in paths for pair in pairwise(path)):
        if not _leads(onward, other, one):
            onward[one].append(other)
    column = dict.fromkeys(onward, 0)
    wave = {start}
    while wave:
        following = set()
        for key in wave:
            for other in onward[key]:
                if column[other] <= column[key]:
                    column[other] = column[key] + 1
                    following.add(other)
        wave = following
    column[end] = max(column[key] for key in column if key != end) + 1
    return column


def _leads(onward: Mapping[str, list[str]], start: str, end: str) -> bool:
    """Say whether there is a way from one node to another."""
    seen, wave = {start}, [start]
    while wave:
        key = wave.pop()
        if key == end:
            return True
        new = [other for other in onward[key] if other not in seen]
        seen.update(new)
        wave += new
    return False


def _chain(joint: tuple[str, str], column: Mapping[str, int]) -> tuple[str, ...]:
    source, target = joint
    low, high = column[source], column[target]
    passed = range(low + 1, high) if low <= high else range(low - 1, high, -1)
    return source, *(f"{source} {target} {number}" for number in passed), target


def _ordered(
    column: Mapping[str, int], chains: Mapping[tuple[str, str], tuple[str, ...]], last: int
) -> list[list[str]]:
    """Return the keys of each column from top to bottom, so that few lines cross: six sweeps of barycentres."""
    at = dict(column)
    for (source, target), chain in chains.items():
        step = 1 if column[source] <= column[target] else -1
        for number, key in enumerate(chain[1:-1], 1):
            at[key] = column[source] + step * number
    rows: list[list[str]] = [[] for _ in range(last + 1)]
    for key, number in at.items():
        rows[number].append(key)
    beside: dict[str, list[str]] = {key: [] for key in at}
    for chain in chains.values():
        for one, other in pairwise(chain):
            beside[one].append(other)
            beside[other].append(one)
    for sweep in range(_SWEEPS):
        order = range(1, last + 1) if sweep % 2 == 0 else range(last - 1, -1, -1)
        for number in order:
            towards = number - 1 if sweep % 2 == 0 else number + 1
            place = {key: (row + 0.5) / len(rows[towards]) for row, key in enumerate(rows[towards])}
            own = {key: (row + 0.5) / len(rows[number]) for row, key in enumerate(rows[number])}

            def wanted(key: str, place: Mapping[str, float] = place, own: Mapping[str, float] = own) -> float:
                near = [place[other] for other in beside[key] if other in place]
                return sum(near) / len(near) if near else own[key]

            rows[number].sort(key=wanted)
    return rows


def _placed(rows: Sequence[Sequence[str]], gap: float) -> tuple[dict[str, Place], float]:
    sizes = [[PASSING if " " in key else ROW for key in row] for row in rows]
    tallest = max(sum(row) for row in sizes)
    places = {}
    for number, (row, heights) in enumerate(zip(rows, sizes, strict=True)):
        y = MARGIN_Y + (tallest - sum(heights)) / 2
        for key, height in zip(row, heights, strict=True):
            # A node stands in the upper part of its row, its name below it.
            places[key] = Place(MARGIN_X + number * gap, round(y + (height / 2 if " " in key else 24), 1))
            y += height
    return places, tallest + MARGIN_Y + 20


def _worded(
    lines: Sequence[Line], words: Mapping[tuple[str, str], str], places: Mapping[str, Place]
) -> tuple[Line, ...]:
    """Give each line a place for its words that nothing else has taken, where there is one."""
    taken = [Box(place.x - 18, place.y - 18, place.x + 18, place.y + 18) for place in places.values()]
    taken += [Box(place.x - 92, place.y + 16, place.x + 92, place.y + 48) for place in places.values()]
    found = []
    for line in lines:
        width = min(text_width(words.get((line.source, line.target), ""), WORDS), LONGEST_WORDS)
        chosen = None
        for start, end in pairwise(line.points):
            for share in _SHARES:
                at = between(start, end, share)
                box = Box(at.x - width / 2 - 3, at.y - WORDS - 4, at.x + width / 2 + 3, at.y + 2)
                if width and not any(box.meets(other) for other in taken):
                    chosen = at
                    taken.append(box)
                    break
            if chosen:
                break
        found.append(Line(line.source, line.target, line.points, chosen))
    return tuple(found)


def between(start: Place, end: Place, share: float) -> Place:
    """Return the point of the curve between two points of a line after a `share` (0 to 1) of its parameter."""
    controls = (start.x, start.x + COLUMN * 0.36, start.x + COLUMN * 0.36, end.x)
    if start.x != end.x:
        controls = (start.x, (start.x + end.x) / 2, (start.x + end.x) / 2, end.x)
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x = sum(weight * value for weight, value in zip(weights, controls, strict=True))
    y = sum(weight * value for weight, value in zip(weights, (start.y, start.y, end.y, end.y), strict=True))
    return Place(round(x, 1), round(y, 1))
