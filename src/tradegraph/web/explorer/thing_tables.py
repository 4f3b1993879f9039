"""Tables on the pages of things: figures, who took part, events with their dates, missions by year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from tradegraph.namespaces import ID
from tradegraph.web.explorer.thing_parts import Bar, BarsPart, Column, Moment, Part, StripPart, TablePart
from tradegraph.web.explorer.thing_reading import Record
from tradegraph.web.explorer.thing_sections import not_stated, quoted, table
from tradegraph.web.explorer.thing_values import Writer, say
from tradegraph.web.kit import Fact, date_in_words
from tradegraph.web.notes import Link, Text

MOST_FIGURES: Final = 25
MOST_ROWS: Final = 60
MOST_MOMENTS: Final = 12
_INDICATOR: Final = ID + "concept/indicator-"
_BARS_HEIGHT: Final = 72.0
Cell = tuple[Fact, ...]
PERIOD: Final = "sdmx-dimension:refPeriod"


def figures(w: Writer, *, more: str = "?property=tg:refThing", by_place: bool = False) -> Part | None:
    """Return the figures of the thing by what they measure, latest first; `by_place` for a ranking.

    `more` leads to all of them where there are more than `MOST_FIGURES`.
    """
    found = w.reading.records("thing_figures")
    if not found:
        return None

    def period(record: Record) -> str:
        return max((one.value.removeprefix(ID) for one in record.terms(PERIOD)), default="")

    if by_place:
        ordered = sorted(found, key=_place)
    else:
        # Twice, for the second keeps the order of the first: by indicator, and within it the latest first.
        ordered = sorted(found, key=period, reverse=True)
        ordered = sorted(ordered, key=lambda one: w.concept(one.iri_of("tg:indicator")))
    shown = ordered[:MOST_FIGURES]
    rows = []
    for record in shown:
        indicator = record.iri_of("tg:indicator")
        name = w.link(record.iri)
        period_text = w.period(record)
        according = tuple(Fact(w.link(one)) for one in record.iris("tg:accordingTo"))
        rows.append(
            (
                (Fact(name),),
                (w.figure(record),),
                (Fact(period_text),) if period_text and w.reading.thing not in record.iris(PERIOD) else (),
                according,
                (Fact(_indicator_link(w, indicator)),),
            )
        )
    columns = (
        say(w, "things_figure"),
        say(w, "things_value"),
        say(w, "things_period"),
        say(w, "things_source_named"),
        say(w, "things_measure"),
    )
    w.shown.update({("tg:refThing", True), ("qb:dataSet", True), ("tg:inRanking", True), (PERIOD, True)})
    return table(
        w,
        "thing_figures",
        "figures",
        say(w, "things_figures"),
        columns,
        rows,
        total=len(found),
        more=more if len(found) > len(shown) else "",
    )


def _place(record: Record) -> tuple[str, float]:
    value = record.text("sdmx-measure:obsValue")
    return (record.iri_of("tg:indicator"), float(value) if value.replace(".", "", 1).isdigit() else 0.0)


def _indicator_link(w: Writer, indicator: str) -> Link:
    """Return the link to the page of what a figure measures."""
    name = w.name(indicator)
    return Link(name.text, name.language, f"/{w.language}/statistics/{indicator.removeprefix(_INDICATOR)}")


def participations(w: Writer, *, of_event: bool) -> Part | None:
    """Return who took part in an event, or in what someone took part: as written, and as we resolve it."""
    found = w.reading.records("thing_participations")
    if not found:
        return None
    w.shown.update(
        {
            ("tg:participationIn", True),
            ("tg:participant", True),
            ("tg:viaOffice", True),
            ("tg:viaHolding", True),
            ("tg:participatesIn", of_event),
        }
    )
    order = ("mission-leader", "business-leader", "sector-leader", "opener", "signatory", "host")

    def rank(record: Record) -> tuple[int, str]:
        role = record.iri_of("tg:participationRole").removeprefix(ID + "concept/role-")
        return (order.index(role) if role in order else len(order), role)

    rows = [_participation(w, record, of_event=of_event) for record in sorted(found, key=rank)]
    first = say(w, "things_role") if of_event else say(w, "things_what")
    second = say(w, "things_who") if of_event else say(w, "things_role")
    return TablePart(
        "participations",
        say(w, "things_participants") if of_event else say(w, "things_took_part"),
        (
            Column(first),
            Column(second),
            Column(say(w, "things_as_written")),
            Column(say(w, "things_how_known")),
        ),
        tuple(rows[:MOST_ROWS]),
        len(rows),
        query=w.reading.panel("thing_participations").address(w.language),
        intro=say(w, "things_participants_intro") if of_event else "",
    )


def _participation(w: Writer, record: Record, *, of_event: bool) -> tuple[Cell, ...]:
    role = w.concept(record.iri_of("tg:participationRole"))
    if "polarity-negated" in record.concepts:
        role = say(w, "things_not_role", role=role)
    stated = ", ".join(one.value for name in ("tg:officeAsStated", "tg:nameAsStated") for one in record.literals(name))
    note = w.chosen(record.texts("tg:curationNote"))
    resolution = record.iri_of("tg:resolution")
    known = Fact(Text(w.concept(resolution) or say(w, "things_not_stated")), note=note.text if note else "")
    if of_event:
        first = w.fact(role, record, role, stated)
        return ((first,), _who(w, record), quoted(stated), (known,))
    event = record.iri_of("tg:participationIn")
    return ((w.fact(w.link(event), record, role, stated),), (Fact(Text(role)),), quoted(stated), (known,))


def _who(w: Writer, record: Record) -> Cell:
    """Return who it was: named, or the office, or the person whom other sources know to have held it."""
    found = [Fact(w.link(one)) for one in record.iris("tg:participant")]
    offices = record.iris("tg:viaOffice", "tg:heldOffice")
    found += [Fact(w.link(one), note=say(w, "things_by_office") if found else "") for one in offices]
    named = record.iris("tg:participant")
    curated = "resolution-curated" in {
        one.removeprefix(ID + "concept/") for one in record.iris("tg:viaHolding", "tg:resolution")
    }
    for person in record.iris("org:member"):
        if person not in named:
            remark = say(w, "things_known_elsewhere") if curated else say(w, "things_held_office")
            found.append(Fact(w.link(person), note=remark))
    return tuple(found) or (not_stated(w),)


def events(w: Writer, records: Sequence[Record], key: str, heading: str, panel: str) -> TablePart:
    """Return events in order of their dates: what, of which type, when, in which state."""
    rows = []
    for record in sorted(records, key=lambda one: (date_of(one) or "9999", one.iri))[:MOST_ROWS]:
        kind = record.iri_of("tg:missionType") or record.iri_of("tg:eventType")
        stated = record.text("tg:dateAsStated")
        when = w.when(record)
        date = Fact(Text(when)) if when else not_stated(w)
        places = tuple(Fact(w.link(one)) for one in record.iris("tg:destination", "tg:inTerritory", "tg:locatedIn"))
        status = tuple(Fact(Text(w.concept(one))) for one in record.iris("tg:hasStatus"))
        name = w.link(record.iri)
        rows.append(
            (
                (w.fact(name, record, name.text, stated),),
                (Fact(Text(w.concept(kind))),) if kind else (),
                (date,),
                places,
                status,
            )
        )
    columns = (
        say(w, "things_what"),
        say(w, "things_type"),
        say(w, "things_when"),
        say(w, "things_where"),
        say(w, "things_status"),
    )
    return table(w, panel, key, heading, columns, rows, total=len(records))


def date_of(record: Record) -> str:
    """Return the first date of an event as data: a year, month or day; empty if unknown."""
    return record.text("tg:validFrom") or record.text("tg:eventDate") or record.text("tg:year")


def by_year(w: Writer, records: Iterable[Record], key: str, heading: str) -> Part | None:
    """Return how many events there were in each year as a strip of bars; nothing for fewer than two years."""
    counts = Counter(date[:4] for one in records if (date := date_of(one)))
    if len(counts) < 2:
        return None
    years = [str(year) for year in range(int(min(counts)), int(max(counts)) + 1)]
    highest, width = max(counts.values()), 100 / len(years)
    bars = tuple(
        Bar(
            year,
            counts[year],
            round(number * width + width * 0.12, 2),
            round(width * 0.76, 2),
            round(_BARS_HEIGHT * (1 - counts[year] / highest) + 18, 1),
            round(_BARS_HEIGHT * counts[year] / highest, 1),
        )
        for number, year in enumerate(years)
    )
    says = "; ".join(f"{bar.label}: {bar.count}" for bar in bars)
    return BarsPart(key, heading, bars, says)


def strip(w: Writer, moments: Iterable[tuple[str, Fact]]) -> Part | None:
    """Return facts with a day or month on a line, in order; nothing for fewer than two dates or too many to read."""
    # A year alone has no place between months.
    exact = {(date, what) for date, what in moments if len(date) > 4}
    dated = sorted(exact, key=lambda one: (day_number(one[0]), one[1].value.text))
    if len({date for date, _ in dated}) < 2 or len(dated) > MOST_MOMENTS:
        return None
    places = [day_number(date) for date, _ in dated]
    first, reach = places[0], places[-1] - places[0]
    return StripPart(
        "time",
        say(w, "things_time"),
        tuple(
            Moment(date_in_words(date, w.language), what, round(3 + 94 * (place - first) / reach, 1))
            for (date, what), place in zip(dated, places, strict=True)
        ),
    )


def day_number(date: str, *, end: bool = False) -> float:
    """Return a date, month or year as a number of years; the middle of what is not a day, or with `end` its end."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + (1.0 if end else 0.5)
    if len(parts) == 2:
        return parts[0] + (parts[1] - (0 if end else 0.5)) / 12
    return parts[0] + (parts[1] - 1) / 12 + (parts[2] - 1) / 365
