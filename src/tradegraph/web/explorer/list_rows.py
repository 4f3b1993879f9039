"""What a page of a list shows: rows with their source marks, facets, and the filters that are on."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.kinds import KINDS
from tradegraph.explore.listing import NOT_STATED, Aspect, Item, Said
from tradegraph.languages import Language
from tradegraph.namespaces import DEF
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.list_content import Content, term_address
from tradegraph.web.kit import Choice, Facet, Fact, Facts, Tab, date_in_words
from tradegraph.web.notes import Link, Mark, Notes, Text
from tradegraph.web.words import say

MOST_VALUES: Final = 4
"""Values of one aspect that a row shows; the page of the thing has them all."""
MOST_OWN: Final = 2
"""Marks of a fact that was read in the same places as the thing itself."""
_AS_STATED: Final = DEF + "dateAsStated"


@dataclass(frozen=True)
class Row:
    """A thing of the list. `more` says how many values are left out, by the label of their aspect.

    `marks` are the places where the thing itself was read, where they are more than its facts show.
    """

    link: Link
    marks: tuple[Mark, ...]
    facts: tuple[Facts, ...]
    more: dict[str, int]


@dataclass(frozen=True)
class Filter:
    """A filter that is on: what it is of, its value, and where the list is without it."""

    label: str
    value: Text
    href: str


def rows(content: Content, notes: Notes, items: Iterable[Item]) -> list[Row]:
    """Return rows of `items`; each value that was read somewhere gets its marks in `notes`."""
    return [_row(content, notes, item) for item in items]


def _row(content: Content, notes: Notes, item: Item) -> Row:
    name = content.name(item.iri)
    own = notes.mark(item.passages, name.text) if len(item.passages) > MOST_OWN else ()
    found: list[Facts] = []
    more: dict[str, int] = {}
    for aspect in content.wanted.kind.aspects:
        if not aspect.shown:
            continue
        label = aspect.label.in_(content.language)
        values = content.values(aspect.of(item))
        if values:
            found.append(
                Facts(label, _facts(content, notes, item, aspect, values), term_address(aspect, content.language))
            )
            if len(values) > MOST_VALUES:
                more[label] = len(values) - MOST_VALUES
        elif aspect.expected:
            gap = Fact(Text(say(content.language, "list_not_stated")), gap=True)
            found.append(Facts(label, (gap,), term_address(aspect, content.language)))
    return Row(Link(name.text, name.language, page_address(item.iri, content.language)), own, tuple(found), more)


def _facts(content: Content, notes: Notes, item: Item, aspect: Aspect, values: list[Said]) -> tuple[Fact, ...]:
    about = f"{content.name(item.iri).text}, {aspect.label.in_(content.language)}"
    found: list[Fact] = []
    for said in values[:MOST_VALUES]:
        # What was read where the thing was read: its name has all the marks.
        own = said.passages == item.passages and not said.record
        passages = said.passages[:MOST_OWN] if own else said.passages
        marks = notes.mark(passages, about, rule=said.rule, record=said.record)
        found.append(Fact(value_text(content, said), marks, note=_as_stated(content, item, said)))
    return _once(found)


def _once(facts: list[Fact]) -> tuple[Fact, ...]:
    """Leave the marks of a run of values that were read at the same place with the last of them."""
    shown = []
    for position, one in enumerate(facts):
        following: tuple[Mark, ...] = facts[position + 1].marks if position + 1 < len(facts) else ()
        shown.append(replace(one, marks=()) if one.marks == following else one)
    return tuple(shown)


def value_text(content: Content, said: Said) -> Text:
    """Return what a value is called, with a link where it is a thing; dates in words."""
    if isinstance(said.value, ox.NamedNode):
        name = content.name(said.value.value)
        return Link(name.text, name.language, page_address(said.value.value, content.language))
    language = said.value.language or ""
    if not language and said.value.datatype == ox.NamedNode("http://www.w3.org/2001/XMLSchema#string"):
        # Words of a document, which are Dutch.
        return Text(said.value.value, "" if content.language == "nl" else "nl")
    shown = date_in_words(said.value.value, content.language)
    return Text(shown, "" if language in ("", content.language) else language)


def _as_stated(content: Content, item: Item, said: Said) -> str:
    """Return the words of the source beside a date, where they say it in another way than we do."""
    if said not in item.said.get(DEF + "eventDate", ()) and said not in item.said.get(DEF + "dueDate", ()):
        return ""
    words = " / ".join(one.value.value for one in item.said.get(_AS_STATED, ()))
    shown = {said.value.value.casefold(), date_in_words(said.value.value, "nl").casefold()}
    return "" if words.casefold() in shown else words


def facets(content: Content) -> list[Facet]:
    """Return the facets that can narrow the list down further, or have a value chosen."""
    found = []
    for aspect in content.wanted.kind.facets:
        chosen = content.wanted.chosen.get(aspect.key, ())
        counts = {**dict.fromkeys(chosen, 0), **content.counts[aspect.key]}
        if len(counts) < 2 and not chosen:
            continue
        choices = [
            Choice(
                content.key_name(aspect, key),
                count,
                content.wanted.toggled(aspect.key, key).address(content.language),
                key in chosen,
            )
            for key, count in sorted(counts.items(), key=lambda one: _rank(content, aspect, *one))
        ]
        found.append(Facet(aspect.key, aspect.label.in_(content.language), tuple(choices)))
    return found


def _rank(content: Content, aspect: Aspect, key: str, count: int) -> tuple[bool, int, str]:
    """Order the values of a facet: years from the latest, others by number and name; what is not stated last."""
    first = -int(key) if aspect.reading == "year" and key.isdigit() else -count
    return key == NOT_STATED, first, content.key_name(aspect, key).text.casefold()


def filters(content: Content) -> list[Filter]:
    """Return the filters that are on, in the order of the facets, the words last."""
    wanted, language = content.wanted, content.language
    found = [
        Filter(
            aspect.label.in_(language),
            content.key_name(aspect, key),
            wanted.toggled(aspect.key, key).address(language),
        )
        for aspect in wanted.kind.facets
        for key in wanted.chosen.get(aspect.key, ())
    ]
    if wanted.text:
        words = Text(f"“{wanted.text}”")
        found.append(Filter(say(language, "list_words"), words, replace(wanted, text="", page=1).address(language)))
    return found


def tabs(content: Content) -> list[Tab]:
    """Return the views of these rows."""
    wanted, language = content.wanted, content.language
    names = {
        "list": say(language, "list_view_list"),
        "map": say(language, "list_view_map"),
        "timeline": say(language, "list_view_timeline"),
        "chart": say(language, "list_view_chart"),
    }
    return [Tab(names[view], wanted.as_view(view).address(language), view == wanted.view) for view in wanted.kind.views]


def kind_name(content: Content, count: int) -> str:
    """Return what things of the list are called, for one or for more of them."""
    kind = KINDS[content.wanted.kind.key]
    return (kind.one if count == 1 else kind.many).in_(content.language)


def span_in_words(value: str, language: Language) -> str:
    """Return a date of the graph in words; empty when there is none."""
    return date_in_words(value, language) if value else ""


def year_of(value: str) -> int | None:
    """Return the year of a date of the graph; None when it is no date."""
    return int(value[:4]) if value[:4].isdigit() and datetime.MINYEAR <= int(value[:4]) <= datetime.MAXYEAR else None
