"""A map of the world: territories coloured by class, and points where something takes place.

The outlines are those of Natural Earth in the Equal Earth projection (B. Šavrič, T. Patterson, B. Jenny, 2018), made
by `tools/vendor/world.mjs`. Boundaries are not authoritative, and a page says so.
"""

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from markupsafe import Markup

from tradegraph.drawings.scales import class_of
from tradegraph.drawings.svg import Drawing, element, link

_FILE: Final = Path(__file__).parent / "world.json"
_SMALL: Final = 20.0
"""Outlines smaller than this many square units get a circle: nobody would see or hit them."""
_RADIUS: Final = 5.0
# The coefficients of the projection.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M: Final = math.sqrt(3) / 2

Window = Literal["world", "europe"]
_WINDOWS: Final[dict[Window, tuple[float, float, float, float]]] = {
    "world": (64.0, 0.0, 880.0, 437.0),
    "europe": (418.0, 12.0, 150.0, 96.0),
}


@dataclass(frozen=True)
class Place:
    """A territory with a value: `code` is its ISO 3166-1 alpha-3 code in lower case, empty when it has none.

    `text` is what is said of it, such as “3 missions”; a value of None means that it is known to be missing. A place
    without an outline is a circle at `latitude` and `longitude`, in degrees.
    """

    code: str
    name: str
    value: float | None
    text: str
    href: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Point:
    """A city or venue, in degrees: `text` is what is said of it."""

    latitude: float
    longitude: float
    name: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Outline:
    """A territory of the map: the path of its outline, its area in square units, and the middle of its largest part."""

    code: str
    path: str
    area: float
    x: float
    y: float


@dataclass(frozen=True)
class World:
    """The outlines, those without a code last, and the projection that they were drawn in."""

    width: float
    height: float
    outlines: tuple[Outline, ...]
    scale: float
    x: float
    y: float
    meridian: float

    def codes(self) -> frozenset[str]:
        """Return the alpha-3 codes, lower case, of the territories that have an outline or a circle."""
        return frozenset(one.code for one in self.outlines if one.code)

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point of the earth, in degrees, is on the map."""
        turned = math.radians((longitude - self.meridian + 180) % 360 - 180)
        theta = math.asin(_M * math.sin(math.radians(latitude)))
        square = theta * theta
        sixth = square**3
        x = turned * math.cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
        y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
        return self.x + self.scale * x, self.y - self.scale * y


@functools.cache
def world() -> World:
    """Return the map, read once."""
    held = json.loads(_FILE.read_text(encoding="utf-8"))
    outlines = tuple(
        Outline(one["code"], one["d"], float(one["area"]), float(one["x"]), float(one["y"]))
        for one in held["territories"]
    )
    projection = held["projection"]
    return World(
        float(held["width"]),
        float(held["height"]),
        outlines,
        float(projection["scale"]),
        float(projection["x"]),
        float(projection["y"]),
        float(projection["meridian"]),
    )


def step_class(value: float | None, lowest: tuple[float, ...]) -> str:
    """Return the class of style for a value: `q2` to `q5`, stretched over fewer classes, or `missing`.

    `q1` is so near to the colour of land that it is used only when there are five classes.
    """
    if value is None:
        return "missing"
    if not lowest:
        return "land"
    number = max(class_of(value, lowest), 1)
    if len(lowest) == 1:
        return "q4"
    palest = 1 if len(lowest) > 4 else 2
    return f"q{palest + round((number - 1) * (5 - palest) / (len(lowest) - 1))}"


def world_map(
    places: tuple[Place, ...],
    lowest: tuple[float, ...],
    *,
    title: str,
    description: str = "",
    points: tuple[Point, ...] = (),
    window: Window = "world",
) -> Drawing:
    """Return the map: `places` coloured by the classes of which `lowest` has the lowest values (`scales.classes`).

    All other land is one shape without a name. Tiny territories and those without an outline are circles, drawn last.
    """
    shown = world()
    outlines = _within(shown.outlines, window)
    by_code: Mapping[str, Place] = {one.code: one for one in places if one.code in shown.codes()}
    left, top, width, height = _WINDOWS[window]
    # In a window everything is drawn larger, so circles and points are made smaller by as much.
    zoom = width / _WINDOWS["world"][2]
    rest = "".join(one.path for one in outlines if one.code not in by_code)
    shapes: list[Markup] = [element("path", d=rest, class_="land")]
    circles: list[Markup] = []

    def circle(place: Place, x: float, y: float) -> Markup:
        colour = f"spot {step_class(place.value, lowest)}"
        mark = element("circle", cx=x, cy=y, r=f"{_RADIUS * zoom:.2f}", class_=colour)
        return link(place.href, f"{place.name}: {place.text}", mark, class_="place")

    for one in outlines:
        place = by_code.get(one.code)
        if place is None:
            continue
        if one.area < _SMALL * zoom * zoom or not one.path:
            circles.append(circle(place, one.x, one.y))
            continue
        area = element("path", d=one.path, class_=step_class(place.value, lowest))
        shapes.append(link(place.href, f"{place.name}: {place.text}", area, class_="place"))
    # What has an outline outside the window has been left out with it.
    circles += [
        circle(one, *shown.place(one.latitude, one.longitude))
        for one in places
        if one.code not in by_code and one.latitude is not None and one.longitude is not None
    ]
    for point in points:
        x, y = shown.place(point.latitude, point.longitude)
        mark = element("circle", cx=x, cy=y, r=f"{4.5 * zoom:.2f}", class_="point")
        label = f"{point.name}: {point.text}" if point.text else point.name
        circles.append(link(point.href, label, mark, class_="place"))
    body = element("g", *shapes, *circles, class_="world" if window == "world" else "world near")
    return Drawing(width, height, title, description, body, left, top)


def _within(outlines: tuple[Outline, ...], window: Window) -> tuple[Outline, ...]:
    """Return the outlines that the window can show: nothing that is centred far from it, but for Russia."""
    if window == "world":
        return outlines
    left, top, width, height = _WINDOWS[window]
    return tuple(
        one
        for one in outlines
        if one.code == "rus" or (left - 60 < one.x < left + width + 60 and top - 40 < one.y < top + height + 60)
    )
