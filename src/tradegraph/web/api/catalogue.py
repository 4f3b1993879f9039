"""The stored queries by the names in their addresses: questions by what they ask, panels by what they are of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tradegraph.languages import Words
from tradegraph.queries import StoredQuery
from tradegraph.web.api.themes import THEMES, Theme, theme_of
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

RESERVED: Final = ("format", "labels", "rows", "timeout")
"""Parameters that every stored query has in its address; none may have a parameter of its own called so."""


@dataclass(frozen=True)
class Stored:
    """A stored query: `slug` names it in addresses, `number` (`Q018`) and the file's name are other ways to call it."""

    query: StoredQuery
    slug: str
    number: str = ""

    @property
    def question(self) -> Words:
        """What it asks."""
        return Words(self.query.question_nl, self.query.question_en)

    @cached_property
    def theme(self) -> Theme:
        """The subject under which it is listed."""
        return theme_of(self.query)


@dataclass(frozen=True)
class Catalogue:
    """The stored queries of one kind, by slug, in order of their files. `path` is the folder of their addresses."""

    path: str
    by_slug: Mapping[str, Stored]
    aliases: Mapping[str, str]

    def find(self, name: str) -> Stored:
        """Return the query with this slug or alias; RequestError 404 where there is none."""
        slug = self.aliases.get(name.lower(), name)
        if slug not in self.by_slug:
            raise RequestError(404, f"There is no stored query “{name}”.", f"{self.path} lists all there are.")
        return self.by_slug[slug]

    def themes(self) -> list[tuple[Theme, list[Stored]]]:
        """Return the queries by theme, in order of the themes; themes without any are left out."""
        listed = [(theme, [one for one in self.by_slug.values() if one.theme == theme]) for theme in THEMES]
        return [(theme, found) for theme, found in listed if found]


def questions_of(site: Site) -> Catalogue:
    """Return the questions: `agreements-of-a-mission`, also called `Q018` and `Q018-agreements-of-a-mission`."""
    by_slug: dict[str, Stored] = {}
    aliases: dict[str, str] = {}
    for example in site.questions.values():
        number, _, slug = example.query.name.partition("-")
        by_slug[slug] = Stored(example.query, slug, number)
        aliases |= {number.lower(): slug, example.query.name.lower(): slug}
    return Catalogue("/api/questions", by_slug, aliases)


def panels_of(site: Site) -> Catalogue:
    """Return the queries behind the panels of pages, by the name of their file."""
    return Catalogue("/api/panels", {name: Stored(query, name) for name, query in site.panels.items()}, {})
