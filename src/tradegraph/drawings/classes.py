"""Diagrams of classes and relations in three layers: what a relation starts from, the relation, what it leads to.

Each relation has a line of its own between the boxes, so that no two texts can lie over each other. Classes that a
relation has in common stand in one box; a class that is both start and end of relations stands on both sides.
"""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

_HEAD, _LINE, _PAD, _GAP = 22, 19, 7, 18
_SWEEPS: Final = 6
_BEFORE, _AFTER = 44, 96
_EDGE: Final = 12
_WIDE: Final = frozenset("mwMWABCDEFGHKNOPQRSTUVXYZ—%@")
_NARROW: Final = frozenset("iljtfrI.,:;'|()[] ")

STYLE: Final = Markup("""\
:root{color-scheme:light dark}
.cd-back{fill:#fff}.cd-box{fill:#f5f7f9;stroke:#767f88}.cd-foreign{fill:#fff;stroke:#767f88;stroke-dasharray:4 3}
.cd-bar{fill:#0b4a6f}.cd-edge{fill:none;stroke:#767f88}.cd-tip{fill:#767f88}
text{fill:#1b1f24;font:14px "Source Sans 3",system-ui,"Segoe UI",sans-serif}
.cd-head{font-weight:600}.cd-quiet{fill:#55606b;font-size:12px}a text,text a{fill:#0b4a6f}
@media (prefers-color-scheme:dark){.cd-back{fill:#10161c}.cd-box{fill:#18212a;stroke:#7d8893}
.cd-foreign{fill:#10161c;stroke:#7d8893}.cd-bar{fill:#8cc8f0}.cd-edge{stroke:#7d8893}.cd-tip{fill:#7d8893}
text{fill:#e8ecf0}.cd-quiet{fill:#a4b0bb}a text,text a{fill:#8cc8f0}}
""")
STYLE_HASH: Final = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
"""What a Content-Security-Policy lets the style of a file through by (CSP, section 8.2)."""


@dataclass(frozen=True)
class Line:
    """A line of text that may lead somewhere; `note` follows it in small."""

    text: str
    href: str = ""
    note: str = ""

    @property
    def width(self) -> float:
        """How wide it is drawn, in pixels; rather too much than too little, for fonts differ."""
        return text_width(self.text) + (text_width("  " + self.note) * 12 / 14 if self.note else 0)


@dataclass(frozen=True)
class Box:
    """One or more classes, by what they are called, and the values that they have. `own`: of the subject drawn."""

    key: str
    heads: tuple[Line, ...]
    lines: tuple[Line, ...] = ()
    own: bool = True
    marked: bool = False

    @property
    def height(self) -> int:
        """In pixels."""
        return 2 * _PAD + _HEAD * len(self.heads) + _LINE * len(self.lines)

    @property
    def width(self) -> float:
        """In pixels."""
        return (
            2 * _EDGE + 6 + max(line.width * (1.12 if line in self.heads else 1) for line in (*self.heads, *self.lines))
        )


@dataclass(frozen=True)
class Arrow:
    """A relation between two boxes, by their keys."""

    source: str
    target: str
    label: Line


@dataclass(frozen=True)
class Diagram:
    """What is drawn: boxes on the left and on the right in order of preference, and arrows from left to right."""

    title: str
    description: str
    left: tuple[Box, ...]
    right: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass
class _Placed:
    """Where everything is: y of the top of each box, x and y of each label's middle line."""

    left: dict[str, float] = field(default_factory=dict)
    right: dict[str, float] = field(default_factory=dict)
    labels: list[tuple[Arrow, float]] = field(default_factory=list)


def text_width(text: str) -> float:
    """Return an upper estimate of the width of `text` at 14 px."""
    return sum(11.4 if one in _WIDE else 5.2 if one in _NARROW else 8.6 for one in text)


def draw(diagram: Diagram, name: str, *, alone: bool = False) -> Markup:
    """Return the diagram as SVG; `name` tells its identifiers from those of other drawings on the page.

    `alone`: as a file, with its style. Otherwise the page has the style. The links are out of the order of the tab
    key, since a page shows the same as a list.
    """
    diagram = _with_few_crossings(diagram)
    placed = _place(diagram)
    left = max((box.width for box in diagram.left), default=120)
    label = max((arrow.label.width for arrow in diagram.arrows), default=0)
    right = max((box.width for box in diagram.right), default=0)
    start = 2 + left + _BEFORE
    end = start + label + _AFTER
    total = (end + right if diagram.arrows else 2 + left) + 2
    height = _height(diagram, placed)
    parts = [
        Markup(
            '<svg class="class-diagram" xmlns="http://www.w3.org/2000/svg" role="group" '
            'aria-labelledby="{n}-title {n}-desc" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        ).format(n=name, w=round(total), h=round(height)),
        Markup('<title id="{n}-title">{t}</title><desc id="{n}-desc">{d}</desc>').format(
            n=name, t=diagram.title, d=diagram.description
        ),
    ]
    if alone:
        parts.append(Markup("<style>{}</style>").format(STYLE))
        parts.append(Markup('<rect class="cd-back" width="100%" height="100%"/>'))
    parts += _edges(diagram, placed, left, start, label, end)
    parts += [_box(box, 2, placed.left[box.key], left) for box in diagram.left]
    parts += [_box(box, end, placed.right[box.key], right) for box in diagram.right]
    parts += [_text(arrow.label, start, y + 5, "cd-label") for arrow, y in placed.labels]
    return Markup("\n").join([*parts, Markup("</svg>")]) + Markup("\n")


def _with_few_crossings(diagram: Diagram) -> Diagram:
    """Return the diagram with its boxes in the best order found by barycentres; boxes without arrows come last.

    (Sugiyama, Tagawa and Toda, 1981: each side in turn is ordered by the mean place of what it is joined to.)
    """
    left, right = [box.key for box in diagram.left], [box.key for box in diagram.right]
    best, fewest = (left, right), _crossings(diagram, left, right)
    for _ in range(_SWEEPS):
        right = _by_barycentre(right, left, [(arrow.target, arrow.source) for arrow in diagram.arrows])
        left = _by_barycentre(left, right, [(arrow.source, arrow.target) for arrow in diagram.arrows])
        if (crossings := _crossings(diagram, left, right)) < fewest:
            best, fewest = (left, right), crossings
    joined = {arrow.source for arrow in diagram.arrows}
    boxes = {("l", box.key): box for box in diagram.left} | {("r", box.key): box for box in diagram.right}
    order = sorted(best[0], key=lambda key: key not in joined)
    ends = tuple(boxes["r", key] for key in best[1])
    return Diagram(diagram.title, diagram.description, tuple(boxes["l", key] for key in order), ends, diagram.arrows)


def _by_barycentre(movable: list[str], fixed: list[str], joined: list[tuple[str, str]]) -> list[str]:
    place = {key: number for number, key in enumerate(fixed)}
    found: dict[str, list[int]] = defaultdict(list)
    for one, other in joined:
        found[one].append(place[other])
    return sorted(movable, key=lambda key: sum(found[key]) / len(found[key]) if found[key] else len(fixed))


def _crossings(diagram: Diagram, left: list[str], right: list[str]) -> int:
    from_, to = ({key: number for number, key in enumerate(keys)} for keys in (left, right))
    ends = [(from_[arrow.source], to[arrow.target]) for arrow in diagram.arrows]
    return sum((a - c) * (b - d) < 0 for number, (a, b) in enumerate(ends) for c, d in ends[:number])


def _place(diagram: Diagram) -> _Placed:
    """Put boxes on the left in their order, relations beside them, and boxes on the right near what leads to them."""
    placed = _Placed()
    of_source: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in diagram.arrows:
        of_source[arrow.source].append(arrow)
    order = {box.key: place for place, box in enumerate(diagram.right)}
    y = 2.0
    for box in diagram.left:
        arrows = sorted(of_source[box.key], key=lambda arrow: order[arrow.target])
        labels = _HEAD * len(arrows)
        height = max(box.height, labels)
        placed.left[box.key] = y + (height - box.height) / 2
        first = y + (height - labels) / 2 + _HEAD / 2
        placed.labels += [(arrow, first + _HEAD * place) for place, arrow in enumerate(arrows)]
        y += height + _GAP
    middles: dict[str, list[float]] = defaultdict(list)
    for arrow, middle in placed.labels:
        middles[arrow.target].append(middle)
    wanted = {key: sum(found) / len(found) for key, found in middles.items()}
    boxes = sorted(diagram.right, key=lambda box: (wanted[box.key], order[box.key]))
    tops = _without_overlap([(wanted[box.key] - box.height / 2, box.height) for box in boxes])
    placed.right = {box.key: top for box, top in zip(boxes, tops, strict=True)}
    return placed


def _without_overlap(wanted: Sequence[tuple[float, int]]) -> list[float]:
    """Return tops as near to those wanted as their order lets them be; neighbours that collide share the shift."""
    groups: list[list[int]] = []
    for index in range(len(wanted)):
        groups.append([index])
        while len(groups) > 1 and _bottom(wanted, groups[-2]) + _GAP > _top(wanted, groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    tops = []
    for group in groups:
        y = _top(wanted, group)
        for index in group:
            tops.append(y)
            y += wanted[index][1] + _GAP
    return tops


def _top(wanted: Sequence[tuple[float, int]], group: list[int]) -> float:
    """Return where a group of touching boxes starts: as wanted on average, and never above the drawing."""
    shift, total = 0.0, 0.0
    for index in group:
        total += wanted[index][0] - shift
        shift += wanted[index][1] + _GAP
    return max(2.0, total / len(group))


def _bottom(wanted: Sequence[tuple[float, int]], group: list[int]) -> float:
    return _top(wanted, group) + sum(wanted[index][1] for index in group) + _GAP * (len(group) - 1)


def _height(diagram: Diagram, placed: _Placed) -> float:
    bottoms = [placed.left[box.key] + box.height for box in diagram.left]
    bottoms += [placed.right[box.key] + box.height for box in diagram.right]
    bottoms += [y + _HEAD / 2 for _, y in placed.labels]
    return max(bottoms, default=0) + 4


def _edges(diagram: Diagram, placed: _Placed, left: float, start: float, label: float, end: float) -> list[Markup]:
    """Draw the lines: each leaves its box, runs under nothing, and arrives at a height of its own."""
    heights = {("left", box.key): box.height for box in diagram.left}
    heights |= {("right", box.key): box.height for box in diagram.right}
    leaving, arriving = _spread(placed.labels, "source"), _spread(placed.labels, "target")
    found = []
    for number, (arrow, y) in enumerate(placed.labels):
        from_y = placed.left[arrow.source] + heights["left", arrow.source] * leaving[number]
        to_y = placed.right[arrow.target] + heights["right", arrow.target] * arriving[number]
        x1, x2 = 2 + left, start - 6
        own_end = start + arrow.label.width + 6
        x3, x4 = start + label + 6, end - 7
        bend1, bend2 = (x1 + x2) / 2, (x3 + x4) / 2
        found.append(
            Markup('<path class="cd-edge" d="M{} {}C{} {} {} {} {} {}M{} {}H{}C{} {} {} {} {} {}"/>').format(
                *map(_short, (x1, from_y, bend1, from_y, bend1, y, x2, y)),
                *map(_short, (own_end, y, x3, bend2, y, bend2, to_y, x4, to_y)),
            )
        )
        found.append(Markup('<path class="cd-tip" d="M{} {}l-8 -4v8z"/>').format(_short(end), _short(to_y)))
    return found


def _spread(labels: Sequence[tuple[Arrow, float]], side: str) -> list[float]:
    """Return for each label the part of the height of its box at which its line touches it."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, (arrow, _) in enumerate(labels):
        places[getattr(arrow, side)].append(number)
    found = [0.5] * len(labels)
    for numbers in places.values():
        numbers.sort(key=lambda number: labels[number][1])
        for place, number in enumerate(numbers):
            found[number] = (place + 1) / (len(numbers) + 1)
    return found


def _box(box: Box, x: float, y: float, width: float) -> Markup:
    parts = [
        Markup('<rect class="{c}" x="{x}" y="{y}" width="{w}" height="{h}" rx="5"/>').format(
            c="cd-box" if box.own else "cd-foreign", x=_short(x), y=_short(y), w=_short(width), h=box.height
        )
    ]
    if box.marked:
        parts.append(
            Markup('<rect class="cd-bar" x="{x}" y="{y}" width="4" height="{h}" rx="2"/>').format(
                x=_short(x), y=_short(y), h=box.height
            )
        )
    down = y + _PAD
    for line in box.heads:
        parts.append(_text(line, x + _EDGE, down + 16, "cd-head"))
        down += _HEAD
    for line in box.lines:
        parts.append(_text(line, x + _EDGE, down + 12, "cd-line"))
        down += _LINE
    return Markup("").join(parts)


def _text(line: Line, x: float, y: float, kind: str) -> Markup:
    text = Markup('<tspan class="{k}">{t}</tspan>').format(k=kind, t=line.text)
    if line.href:
        text = Markup('<a href="{h}" tabindex="-1">{t}</a>').format(h=line.href, t=text)
    note = Markup('<tspan class="cd-quiet" dx="6">{}</tspan>').format(line.note) if line.note else Markup("")
    return Markup('<text x="{}" y="{}">{}{}</text>').format(_short(x), _short(y), text, note)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
