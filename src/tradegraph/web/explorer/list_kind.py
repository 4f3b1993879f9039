"""What the list of a kind is made of: its aspects, facets and views."""

from dataclasses import dataclass
from typing import Literal

from tradegraph.explore.listing import Aspect
from tradegraph.languages import Words

View = Literal["list", "map", "timeline", "chart"]
"""A way in which the rows of a list can be seen."""


@dataclass(frozen=True)
class ListKind:
    """The list of a kind: a sentence for the index, its aspects in the order of rows and facets.

    `dated`: things have dates. `placed` is the key of the aspect with places, `itself` for places, empty for neither.
    `asked_first` are keys of the facets that stand first; the others follow in the order of the aspects.
    """

    key: str
    about: Words
    aspects: tuple[Aspect, ...]
    dated: bool = False
    asked_first: tuple[str, ...] = ()
    placed: str = ""

    @property
    def facets(self) -> tuple[Aspect, ...]:
        """The aspects by which the list can be narrowed down: those asked for most before the others."""
        rank = {key: position for position, key in enumerate(self.asked_first)}
        found = [one for one in self.aspects if one.facet]
        return tuple(sorted(found, key=lambda one: rank.get(one.key, len(rank))))

    @property
    def views(self) -> tuple[View, ...]:
        """The ways in which the rows can be seen."""
        found: list[View] = ["list"]
        found += ["map"] if self.placed else []
        found += ["timeline"] if self.dated else []
        found += ["chart"] if self.facets else []
        return tuple(found)

    @property
    def panel(self) -> str:
        """The name of the stored query."""
        return f"list_{self.key.replace('-', '_')}"
