"""What a page of an indicator is asked for: country, years, what the figures are about, and the view."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, Self, get_args

from werkzeug.datastructures import MultiDict

from tradegraph.explore import figures as f
from tradegraph.explore.figures import Figure
from tradegraph.namespaces import ID
from tradegraph.web.frame import check_parameters
from tradegraph.web.problems import RequestError

View = Literal["chart", "table", "map"]
VIEWS: Final[tuple[View, ...]] = get_args(View)
PARAMETERS: Final = ("about", "country", "format", "from", "to", "view")
_YEAR: Final = re.compile(r"\d{4}")
_KEY: Final = re.compile(r"[A-Za-z0-9._~-]+")


@dataclass(frozen=True)
class Asked:
    """The parameters of the page; `country` and `about` are IRIs, empty where not asked."""

    country: str = ""
    about: str = ""
    first: int | None = None
    last: int | None = None
    view: View = "chart"

    @classmethod
    def read(cls, given: MultiDict[str, str], more: tuple[str, ...] = ()) -> Self:
        """Read them; RequestError 400 for a parameter that is not known, twice there, or of no sense."""
        check_parameters(given, sorted((*PARAMETERS, *more)))
        view = given.get("view") or "chart"
        if view not in VIEWS:
            raise RequestError(400, f"There is no view “{view}”.", f"There are: {', '.join(VIEWS)}.")
        first, last = _year(given, "from"), _year(given, "to")
        if first is not None and last is not None and first > last:
            raise RequestError(400, f"from={first} is after to={last}.", "Swap the two years.")
        country = given.get("country", "").removeprefix("territory/")
        about = given.get("about", "")
        if country and not _KEY.fullmatch(country):
            raise RequestError(400, f"country={country} is no key.", "Give the key of a territory, such as idn.")
        if about and not re.fullmatch(r"[a-z-]+/[A-Za-z0-9._~-]+", about):
            raise RequestError(400, f"about={about} is no thing.", "Give kind/key, such as mission-set/economic-2025.")
        return cls(
            ID + "territory/" + country if country else "",
            ID + about if about else "",
            first,
            last,
            view,
        )

    def parameters(self) -> dict[str, str]:
        """Return them as an address has them."""
        return {
            "about": self.about.removeprefix(ID),
            "country": self.country.removeprefix(ID + "territory/"),
            "from": "" if self.first is None else str(self.first),
            "to": "" if self.last is None else str(self.last),
            "view": "" if self.view == "chart" else self.view,
        }

    def narrowed(self, figures: Iterable[Figure], spans: Mapping[str, tuple[str, str]]) -> tuple[Figure, ...]:
        """Return the figures that were asked for; one without a period is in no span of years."""
        return tuple(
            one
            for one in figures
            if (not self.country or self.country in one.places())
            and (not self.about or self.about in one.all(f.THING))
            and self._in_years(one, spans)
        )

    def _in_years(self, figure: Figure, spans: Mapping[str, tuple[str, str]]) -> bool:
        if self.first is None and self.last is None:
            return True
        begins, ends = spans.get(figure.period, (figure.period, figure.period))
        if not begins and not ends:
            return False
        starts_by_end = self.last is None or not begins or int(begins[:4]) <= self.last
        return starts_by_end and (self.first is None or not ends or int(ends[:4]) >= self.first)


def _year(given: MultiDict[str, str], name: str) -> int | None:
    written = given.get(name, "")
    if written and not _YEAR.fullmatch(written):
        raise RequestError(400, f"{name}={written} is no year.", "Give four digits, such as 2024.")
    return int(written) if written else None
