"""Where territories of the graph are on the map: by their ISO code, else by a point, else nowhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from tradegraph.drawings.scales import class_of
from tradegraph.drawings.svg import Swatch
from tradegraph.drawings.worldmap import Place, step_class, world
from tradegraph.namespaces import ID
from tradegraph.web.site import Site, iri, text

_OUTLINES: Final = {ID + "territory/occupied-palestinian-territories": "pse"}
"""Territories without an ISO code in the data that Natural Earth draws nevertheless."""
NOT_DRAWN: Final = frozenset(ID + "territory/" + key for key in ("nld", "kingdom-of-the-netherlands"))
"""The Netherlands is a party to nearly everything: colouring it would say nothing."""


@dataclass(frozen=True)
class Territory:
    """A territory: its alpha-3 code in lower case, its point in degrees, and the area in which it lies, if known."""

    iri: str
    code: str
    latitude: float | None
    longitude: float | None
    within: str


@dataclass(frozen=True)
class Places:
    """The territories of a release by IRI."""

    territories: dict[str, Territory] = field(default_factory=dict)

    @classmethod
    def read(cls, site: Site) -> "Places":
        """Read them; any QueryError may be raised."""
        found = {}
        for row in site.panel("map_territories").rows:
            one = iri(row, "territory")
            code = text(row, "code").lower() or _OUTLINES.get(one, "")
            latitude, longitude = text(row, "latitude"), text(row, "longitude")
            found[one] = Territory(
                one,
                code if code in world().codes() else "",
                float(latitude) if latitude else None,
                float(longitude) if longitude else None,
                iri(row, "within"),
            )
        return cls(found)

    def has(self, territory: str) -> bool:
        """Say whether the map can show a territory."""
        one = self.territories.get(territory)
        return one is not None and (bool(one.code) or one.latitude is not None)

    def country(self, territory: str) -> str:
        """Return the country in which a city or province lies, else the territory itself."""
        seen = territory
        while (one := self.territories.get(seen)) is not None and not one.code and one.within:
            seen = one.within
        return seen if self.territories.get(seen, Territory("", "", None, None, "")).code else territory

    def place(self, territory: str, name: str, value: float | None, said: str, href: str) -> Place:
        """Return a territory as the map draws it."""
        one = self.territories.get(territory, Territory(territory, "", None, None, ""))
        return Place(one.code, name, value, said, href, one.latitude, one.longitude)


def legend(
    lowest: tuple[float, ...],
    values: Iterable[float],
    written: Callable[[float], str],
    *,
    none: str,
    missing: str = "",
) -> tuple[Swatch, ...]:
    """Return the legend of a map: each class from its lowest to its highest value, then gaps and other land."""
    listed = list(values)
    found = []
    for number, start in enumerate(lowest, 1):
        inside = [one for one in listed if class_of(one, lowest) == number]
        low, high = min(inside, default=start), max(inside, default=start)
        label = written(low) if low == high else f"{written(low)} – {written(high)}"
        found.append(Swatch(step_class(start, lowest), label))
    if missing:
        found.append(Swatch("missing", missing))
    return (*found, Swatch("land", none))
