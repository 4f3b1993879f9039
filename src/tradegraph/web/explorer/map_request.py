"""What the map is asked for: a layer, and what narrows it down."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal, Self, get_args

from werkzeug.datastructures import MultiDict

from tradegraph.drawings.worldmap import Window
from tradegraph.web.frame import check_parameters
from tradegraph.web.problems import RequestError

Layer = Literal["missions", "agreements", "markets", "figures"]
LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
AREAS: Final[tuple[Window, ...]] = get_args(Window)
PARAMETERS: Final = ("area", "format", "indicator", "layer", "list", "sector", "year")
_NARROWS: Final[dict[Layer, tuple[str, ...]]] = {
    "missions": ("sector", "year"),
    "agreements": ("sector", "year"),
    "markets": ("list",),
    "figures": ("indicator", "year"),
}


@dataclass(frozen=True)
class Asked:
    """The parameters of the map; keys of sectors, lists and indicators, empty where not asked."""

    layer: Layer = "missions"
    year: int | None = None
    sector: str = ""
    list: str = ""
    indicator: str = ""
    area: Window = "world"

    @classmethod
    def read(cls, given: MultiDict[str, str], more: tuple[str, ...] = ()) -> Self:
        """Read them; RequestError 400 for a parameter that is not known, twice there, or of no sense in the layer."""
        check_parameters(given, sorted((*PARAMETERS, *more)))
        layer = given.get("layer") or "missions"
        if layer not in LAYERS:
            raise RequestError(400, f"There is no layer “{layer}”.", f"There are: {', '.join(LAYERS)}.")
        area = given.get("area") or "world"
        if area not in AREAS:
            raise RequestError(400, f"There is no area “{area}”.", f"There are: {', '.join(AREAS)}.")
        for name in ("indicator", "list", "sector", "year"):
            if given.get(name) and name not in _NARROWS[layer]:
                known = ", ".join(_NARROWS[layer])
                raise RequestError(400, f"Layer {layer} is not narrowed down by {name}.", f"It is by: {known}.")
        year = given.get("year", "")
        if year and not re.fullmatch(r"\d{4}", year):
            raise RequestError(400, f"year={year} is no year.", "Give four digits, such as 2025.")
        return cls(
            layer,
            int(year) if year else None,
            given.get("sector", ""),
            given.get("list", ""),
            given.get("indicator", ""),
            area,
        )

    def parameters(self) -> dict[str, str]:
        """Return them as an address has them."""
        return {
            "area": "" if self.area == "world" else self.area,
            "indicator": self.indicator,
            "layer": "" if self.layer == "missions" else self.layer,
            "list": self.list,
            "sector": self.sector,
            "year": "" if self.year is None else str(self.year),
        }

    def check(self, years: Collection[int], sectors: Collection[str], lists: Collection[str]) -> None:
        """Raise RequestError 400 for a year, sector or list that nothing in the layer has."""
        if self.year is not None and self.year not in years:
            raise RequestError(400, f"Nothing here is of {self.year}.", f"There is: {_some(map(str, sorted(years)))}.")
        if self.sector and self.sector not in sectors:
            raise RequestError(400, f"Nothing here is in sector={self.sector}.", f"There is: {_some(sorted(sectors))}.")
        if self.list and self.list not in lists:
            raise RequestError(400, f"There is no list={self.list}.", f"There is: {_some(sorted(lists))}.")

    def wants(self, years: Collection[int], sectors: Collection[str], thing: str) -> bool:
        """Say whether a thing with these years and sectors is asked for."""
        return (
            (self.year is None or self.year in years)
            and (not self.sector or self.sector in sectors)
            and (not self.list or self.list == thing)
        )


def _some(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"
