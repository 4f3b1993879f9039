"""How the page of one kind of thing is made: its sentence, its key facts, its own parts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.thing_parts import Part, Sentence
from tradegraph.web.explorer.thing_values import Writer
from tradegraph.web.kit import Facts


@dataclass(frozen=True)
class Design:
    """What a kind adds to the frame that all pages share. Each function asks the panels that it needs."""

    says: Callable[[Writer], Iterable[Sentence]]
    facts: Callable[[Writer], Iterable[Facts]]
    parts: Callable[[Writer], Iterable[Part | None]]


def usual_parts(w: Writer) -> list[Part | None]:
    """Return the parts that the documents may have something for, whatever the kind of thing."""
    return [
        sections.to_know(w),
        tables.figures(w),
        sections.statements(w),
        sections.commitments(w),
        sections.questions(w),
        sections.mentions(w),
    ]
