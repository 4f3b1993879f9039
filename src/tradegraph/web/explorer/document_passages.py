"""The passages of a document as its page shows them: part by part, each with what was read from it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tradegraph.explore.kinds import kind_of
from tradegraph.explore.reading import Solution
from tradegraph.languages import LANGUAGES, Language
from tradegraph.namespaces import ID
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.record_lines import Line, Records
from tradegraph.web.notes import Link, Quote, Text
from tradegraph.web.site import Site, iri

PASSAGE: Final = ID + "passage/"
_SHAPES: Final = (
    (re.compile(r"-h$"), "heading"),
    (re.compile(r"-(fn\d+-\d+)$"), "footnote"),
    (re.compile(r"-t\d+-r\d+$"), "cell"),
    (re.compile(r"-(t|fig)\d+$"), "caption"),
    (re.compile(r"-pages$"), "pages"),
    (re.compile(r"-b\d+-\d+$"), "point"),
)
# These are the document's own and no record: a question, and an answer as a whole.
_WHOLE: Final = frozenset({"question", "answer"})


@dataclass(frozen=True)
class Named:
    """A thing that a passage is about or names, and how it is written there, where that is recorded."""

    link: Link
    iri: str
    stated: str = ""


@dataclass(frozen=True)
class PassageView:
    """A passage: its anchor, page and place in the part, our paraphrase, what was read from it, or why nothing was.

    `shape` is what it is in the text: sentence, heading, footnote, caption, cell, point or pages. `asked`: it is of a
    question.
    """

    anchor: str
    href: str
    place: str
    text: Text
    shape: str
    asked: bool
    silent: str
    lines: tuple[Line, ...]
    things: tuple[Named, ...]
    quote: Quote | None


def shape_of(key: str) -> str:
    """Return what the passage with this key is in the text: keys are made by place, so that they tell."""
    return next((shape for pattern, shape in _SHAPES if pattern.search(key)), "sentence")


def place_in_part(locator: str, titles: Iterable[str]) -> str:
    """Return the end of a locator: without the document, and without the part under whose heading it stands.

    `titles` are what the part is called: a locator in English may have its Dutch heading.
    """
    _, _, rest = locator.partition(", ")
    for title in titles:
        rest = rest.removeprefix(f"{title}, ")
    return rest or locator


def titles_of(site: Site, parts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return what each part is called in the languages of the site, by IRI."""
    listed = list(dict.fromkeys(parts))
    names = [site.named(listed, language) for language in LANGUAGES]
    return {part: tuple(found[part].text for found in names) for part in listed}


@dataclass(frozen=True)
class Read:
    """What was read from each passage: records as lines, things with the names under which they occur."""

    lines: Mapping[str, tuple[Line, ...]]
    things: Mapping[str, tuple[Named, ...]]
    whole: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, site: Site, language: Language, facts: Iterable[Solution], records: Iterable[Solution]) -> "Read":
        """Sort rows of `passage` and `fact` into what they are; `records` says what the records say."""
        said = Records(site, language, records)
        by_passage: dict[str, list[str]] = defaultdict(list)
        for row in facts:
            by_passage[iri(row, "passage")].append(iri(row, "fact"))
        lines: dict[str, list[str]] = defaultdict(list)
        named: dict[str, dict[str, str]] = defaultdict(dict)
        whole: dict[str, set[str]] = defaultdict(set)
        for passage, found in by_passage.items():
            for fact in sorted(found):
                kind = kind_of(fact)
                thing, stated = said.mentioned(fact)
                if kind.key in _WHOLE:
                    whole[passage].add(fact)
                elif thing:
                    named[passage].setdefault(thing, stated)
                elif kind.layer == "evidence" or kind.key in ("observation", "commitment", "holding"):
                    lines[passage].append(fact)
                else:
                    named[passage].setdefault(fact, "")
        every = said.lines(fact for found in lines.values() for fact in found)
        links = site.links({thing for found in named.values() for thing in found}, language)
        return cls(
            {passage: tuple(every[fact] for fact in found) for passage, found in lines.items()},
            {
                passage: tuple(
                    sorted((Named(links[one], one, stated) for one, stated in found.items()), key=lambda n: n.link.text)
                )
                for passage, found in named.items()
            },
            {passage: frozenset(found) for passage, found in whole.items()},
        )


def passage_views(
    site: Site, language: Language, passages: Iterable[str], read: Read, silent: Mapping[str, str]
) -> tuple[PassageView, ...]:
    """Return passages in order of their text; `silent` has the IRIs of the reasons why they state no fact."""
    known = sorted(site.passages.of(site.reader(), passages).values(), key=lambda one: one.start)
    titles = titles_of(site, (one.part for one in known if one.part))
    reasons = site.links(silent.values(), language)
    notes, found = site.notes(language), []
    for one in known:
        locator = notes.text(one.locator) or Text(one.iri.removeprefix(PASSAGE))
        rendering = notes.text(one.paraphrase) or Text("")
        view = view_of(
            site,
            language,
            one.iri,
            locator.text,
            rendering,
            read,
            reasons,
            silent.get(one.iri, ""),
            titles.get(one.part, ()),
        )
        found.append(replace(view, quote=site.quoter(one, written(view))))
    return tuple(found)


def written(view: PassageView) -> tuple[str, ...]:
    """Return the values and names that were read from a passage, as they are written there."""
    values = [value for line in view.lines for value in line.stated]
    return tuple(values + [thing.stated for thing in view.things if thing.stated])


def view_of(
    site: Site,
    language: Language,
    passage: str,
    locator: str,
    rendering: Text,
    read: Read,
    reasons: Mapping[str, Link],
    silent: str,
    titles: Iterable[str],
) -> PassageView:
    """Return one passage; `silent` is the IRI of the reason why it states no fact, else empty."""
    key = passage.removeprefix(PASSAGE)
    lines, things = read.lines.get(passage, ()), read.things.get(passage, ())
    return PassageView(
        key,
        page_address(passage, language),
        place_in_part(locator, titles),
        rendering,
        shape_of(key),
        any(kind_of(one).key == "question" for one in read.whole.get(passage, ())),
        reasons[silent].text if silent else "",
        lines,
        things,
        None,
    )
