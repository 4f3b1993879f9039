"""Says a path in words: `ontology/sentences.csv` has what each relation is called, here the words become sentences.

A row of the table is a property seen from one side. `{o}` is the thing at the other end with its article, `{bare}`
without one; `{is|zijn}` follows the number of the thing before it. In Dutch a clause has other word order than a
sentence; `{die}` there is the pronoun that fits the thing before it. In English the clause is `which` and the rest.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from tradegraph.errors import OntologyError
from tradegraph.explore.connections.nouns import article, is_plural, pronoun
from tradegraph.explore.connections.results import Path as Route
from tradegraph.explore.names import Name
from tradegraph.files import Project
from tradegraph.languages import Language
from tradegraph.namespaces import PREFIXES

Direction = Literal["forward", "backward"]
COLUMNS: Final = ("property", "direction", "nl", "nl_clause", "en")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_STEPS_TOGETHER: Final = 2
"""So many steps are one sentence; a longer path goes on in the next."""


@dataclass(frozen=True)
class Template:
    """What follows the first thing of a step, in a Dutch sentence, in a Dutch clause, and in English."""

    nl: str
    nl_clause: str
    en: str


Templates = Mapping[tuple[str, Direction], Template]


@dataclass(frozen=True)
class Said:
    """A piece of a sentence, which belongs to step `step` (from 0): words, or the name of the thing `thing`."""

    text: str
    step: int
    thing: str = ""
    language: str = ""


def read_templates(project: Project) -> Templates:
    """Read the table, by IRI of the property and direction; OntologyError for a row that cannot be used."""
    path = project.root / "ontology" / "sentences.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found: dict[tuple[str, Direction], Template] = {}
    for number, row in enumerate(rows, 2):
        prefix, _, name = (row["property"] or "").partition(":")
        if prefix not in PREFIXES or row["direction"] not in ("forward", "backward"):
            raise _wrong(path, number, "Give a prefixed name, and forward or backward.")
        texts = [row[column] or "" for column in ("nl", "nl_clause", "en")]
        if not all("{o}" in text or "{bare}" in text for text in texts):
            raise _wrong(path, number, "Put {o} or {bare} where the other thing comes, in all three texts.")
        direction: Direction = "forward" if row["direction"] == "forward" else "backward"
        found[PREFIXES[prefix] + name, direction] = Template(*texts)
    return found


def _wrong(path: Path, line: int, remedy: str) -> OntologyError:
    return OntologyError(path, f"line {line}: this row cannot be used.", remedy)


@dataclass(frozen=True)
class Speaker:
    """Says paths in `language`, with `names` by IRI."""

    templates: Templates
    names: Mapping[str, Name]
    language: Language

    def path(self, route: Route) -> tuple[Said, ...]:
        """Return the sentences of a path in pieces; the texts joined are what a reader reads."""
        said: list[Said] = []
        for place, step in enumerate(route.steps):
            template = self._template(step.first.edge.property, forward=step.first.forward)
            if place % _STEPS_TOGETHER == 0:
                if said:
                    said.append(Said(". ", place - 1))
                said += self._opened(self._noun(step.start, place))
                said += [Said(" ", place), *self._filled(template, step.start, step.end, place, clause=False)]
            else:
                said += [Said(", ", place - 1), *self._filled(template, step.start, step.end, place, clause=True)]
        return _joined([*said, Said(".", len(route.steps) - 1)])

    def step(self, property_iri: str, *, forward: bool, start: str, end: str) -> str:
        """Return one step as a text of its own, without its full stop."""
        template = self._template(property_iri, forward=forward)
        pieces = [
            *self._opened(self._noun(start, 0)),
            Said(" ", 0),
            *self._filled(template, start, end, 0, clause=False),
        ]
        return "".join(piece.text for piece in pieces)

    def words(self, property_iri: str, *, forward: bool) -> str:
        """Return a relation in a few words, for a line in a drawing: *staat onder leiding van*."""
        template = self._template(property_iri, forward=forward)
        text = template.nl if self.language == "nl" else template.en
        return _PLACE.sub(lambda found: found[1].split("|")[0] if "|" in found[1] else "", text).strip()

    def _template(self, property_iri: str, *, forward: bool) -> Template:
        return self.templates[property_iri, "forward" if forward else "backward"]

    def _filled(self, template: Template, start: str, end: str, place: int, *, clause: bool) -> list[Said]:
        text = template.en if self.language == "en" else template.nl_clause if clause else template.nl
        if clause and self.language == "en":
            text = "{die} " + text
        many = is_plural(start, self._name(start), self.language)
        pieces: list[Said] = []
        end_of_last = 0
        for found in _PLACE.finditer(text):
            pieces.append(Said(text[end_of_last : found.start()], place))
            end_of_last = found.end()
            match found[1]:
                case "o":
                    pieces += self._noun(end, place)
                case "bare":
                    pieces += self._noun(end, place)[-1:]
                case "die":
                    pieces.append(Said(pronoun(start, self._name(start), self.language), place))
                case choice:
                    one, _, several = choice.partition("|")
                    pieces.append(Said(several if many else one, place))
        return [*pieces, Said(text[end_of_last:], place)]

    def _noun(self, thing: str, place: int) -> list[Said]:
        name = self._name(thing)
        before = article(thing, name, self.language)
        pieces = [Said(before + " ", place)] if before else []
        return [*pieces, Said(name.text, place, thing, name.language)]

    def _opened(self, pieces: list[Said]) -> list[Said]:
        """Return pieces that begin a sentence: with a capital, where the name is one that takes it."""
        first = pieces[0]
        return [replace(first, text=first.text[:1].upper() + first.text[1:]), *pieces[1:]]

    def _name(self, thing: str) -> Name:
        return self.names.get(thing) or Name(thing.rpartition("/")[2])


def _joined(pieces: list[Said]) -> tuple[Said, ...]:
    """Join words of one step that follow each other."""
    found: list[Said] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and not piece.thing and not found[-1].thing and found[-1].step == piece.step:
            found[-1] = replace(found[-1], text=found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
