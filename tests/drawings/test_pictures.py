"""Drawings are honest: a year is as wide as a year, a gap stays a gap, zero is on the axis, nothing has a style."""

import datetime
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from tradegraph.drawings.bars import Bar, bars
from tradegraph.drawings.lines import Event, Reading, Series, lines, small_multiples
from tradegraph.drawings.scales import class_of, classes, round_ticks, shortened, span_of, text_width, wrapped, written
from tradegraph.drawings.svg import Drawing, Sheet, Swatch, stand_alone
from tradegraph.drawings.timeline import Lane, Moment, timeline
from tradegraph.drawings.worldmap import Place, Point, step_class, world, world_map

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: Drawing) -> ET.Element:
    """The picture as a tree: reading it shows that it is well-formed."""
    return ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{drawing.inline()}</svg>')


def having(root: ET.Element, tag: str, class_: str) -> list[ET.Element]:
    return [one for one in root.iter(SVG + tag) if class_ in (one.get("class") or "").split()]


def all_drawings() -> list[Drawing]:
    series = Series(
        "<a & b>", (Reading(2020, 1, "2020: 1", "/x"), Reading(2021, None, "2021: ?"), Reading(2022, 3, "3"))
    )
    moments = (Moment('"quoted" <mission>', "2025", text="2025", href="/x"),)
    first, last = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
    return [
        bars((Bar("<b>", 3, "3"), Bar("gap", None, "not measured")), title="bars"),
        lines((series,), written=str, title="lines", events=(Event(2021, "a mission", "/y"),)),
        small_multiples((bars((Bar("b", 3, "3"),), title="one"),), title="many"),
        timeline((Lane("Lane", "mission", moments),), first=first, last=last, language="en", title="time"),
        world_map(
            (Place("idn", "Indonesia & more", 2, "2", "/x"),), (1, 2), title="map", points=(Point(0, 0, "p", ""),)
        ),
    ]


@pytest.mark.parametrize("drawing", all_drawings(), ids=lambda one: one.title)
def test_a_drawing_is_well_formed_and_has_no_style_of_its_own(drawing: Drawing) -> None:
    assert not [one for one in parsed(drawing).iter() if "style" in one.attrib]


@pytest.mark.parametrize("drawing", all_drawings(), ids=lambda one: one.title)
def test_every_link_of_a_drawing_has_a_name(drawing: Drawing) -> None:
    assert all(one.get("aria-label") for one in parsed(drawing).iter(SVG + "a"))


def moment(start: str, end: str = "", *, open_end: bool = False) -> ET.Element:
    first, last = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
    lane = Lane("Lane", "mission", (Moment("m", start, end, open_end=open_end),))
    return parsed(timeline((lane,), first=first, last=last, language="nl", title="t", width=746.0))


def test_a_year_is_drawn_as_wide_as_the_year_and_as_vague() -> None:
    (bar,) = having(moment("2025"), "rect", "vague")
    assert float(bar.get("width", "")) == pytest.approx(730, abs=0.1)


def test_a_month_is_drawn_as_wide_as_the_month() -> None:
    (bar,) = having(moment("2025-06"), "rect", "vague")
    assert float(bar.get("width", "")) == pytest.approx(60, abs=0.1)


def test_a_day_is_a_dot() -> None:
    assert having(moment("2025-06-16"), "circle", "moment")
    assert not having(moment("2025-06-16"), "rect", "moment")


def test_from_day_to_day_is_a_bar_that_is_not_vague() -> None:
    drawn = moment("2025-06-16", "2025-06-20")
    (bar,) = having(drawn, "rect", "moment")
    assert float(bar.get("width", "")) == pytest.approx(10, abs=0.1)
    assert not having(drawn, "rect", "vague")


def test_what_has_no_stated_end_runs_to_the_edge_with_an_arrow() -> None:
    drawn = moment("2025-07-02", open_end=True)
    (bar,) = having(drawn, "rect", "moment")
    assert float(bar.get("x", "")) + float(bar.get("width", "")) == pytest.approx(738, abs=0.1)
    assert len(having(drawn, "path", "open")) == 1


def test_what_lies_outside_the_years_is_left_out() -> None:
    assert not having(moment("2023"), "rect", "moment")


def test_labels_in_a_lane_never_overlap() -> None:
    lane = Lane(
        "Lane",
        "mission",
        tuple(Moment(f"mission number {day} to a country", f"2025-03-{day:02}") for day in range(1, 20)),
    )
    first, last = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
    drawn = parsed(timeline((lane,), first=first, last=last, language="en", title="t"))
    rows: dict[str, list[tuple[float, float]]] = {}
    for text in having(drawn, "text", "lane-label"):
        start, width = float(text.get("x", "")), text_width(text.text or "", 13)
        rows.setdefault(text.get("y", ""), []).append((start, start + width))
    for extents in rows.values():
        extents.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(extents))


@pytest.mark.parametrize("first_year", [1951, 1995, 2011, 2019, 2024])
@pytest.mark.parametrize("width", [330.0, 620.0, 900.0])
def test_every_line_on_the_axis_has_its_year_and_years_never_overlap(first_year: int, width: float) -> None:
    lane = Lane("Lane", "mission", (Moment("mission", "2025"),))
    first, last = datetime.date(first_year, 1, 1), datetime.date(2026, 12, 31)
    drawn = parsed(timeline((lane,), first=first, last=last, language="nl", title="t", width=width))
    lines_at = [float(one.get("x1", "")) for one in having(drawn, "line", "year-line")]
    years = having(drawn, "text", "year")
    assert len(years) >= 2
    extents = []
    for at, year in zip(lines_at, years, strict=True):
        place, wide = float(year.get("x", "")), text_width(year.text or "", 13)
        assert abs(place - at) == pytest.approx(4, abs=0.1)
        extents.append((place - wide, place) if year.get("text-anchor") == "end" else (place, place + wide))
    assert extents[0][0] >= 0
    assert extents[-1][1] <= width
    assert all(a[1] <= b[0] for a, b in pairwise(extents))


def test_a_missing_value_is_words_and_no_bar() -> None:
    drawn = parsed(bars((Bar("a", 2, "2"), Bar("b", None, "not measured")), title="t"))
    assert len(having(drawn, "rect", "bar")) == 1
    assert [one.text for one in having(drawn, "text", "missing-text")] == ["not measured"]


def test_bars_start_at_zero_and_negative_ones_go_the_other_way() -> None:
    drawn = parsed(bars((Bar("a", 2, "2"), Bar("b", -1, "−1")), title="t"))
    (zero,) = having(drawn, "line", "zero-line")
    up, down = having(drawn, "rect", "bar")
    assert float(up.get("x", "")) == float(zero.get("x1", ""))
    assert float(down.get("x", "")) + float(down.get("width", "")) == pytest.approx(float(zero.get("x1", "")), abs=0.2)


def test_a_gap_breaks_the_line() -> None:
    readings = tuple(Reading(2019 + i, value, str(value)) for i, value in enumerate((1, 2, None, 4, 5)))
    drawn = parsed(lines((Series("a", readings),), written=str, title="t"))
    assert len(having(drawn, "line", "line")) == 2
    assert len(having(drawn, "path", "gap-mark")) == 1


def test_a_target_is_never_joined_to_what_was_measured() -> None:
    readings = (Reading(2023, 1, "1"), Reading(2024, 2, "2"), Reading(2025, 9, "9", target=True))
    drawn = parsed(lines((Series("a", readings),), written=str, title="t"))
    assert len(having(drawn, "line", "line")) == 1
    assert len(having(drawn, "circle", "target")) == 1


def test_an_estimate_is_hollow_and_its_line_dashed() -> None:
    drawn = parsed(
        lines((Series("a", (Reading(2023, 1, "1"), Reading(2024, 2, "2", uncertain=True))),), written=str, title="t")
    )
    assert having(drawn, "circle", "uncertain")
    assert having(drawn, "line", "uncertain")


def test_lines_have_zero_on_their_axis() -> None:
    drawn = parsed(
        lines((Series("a", (Reading(2023, 90, "90"), Reading(2024, 95, "95"))),), written=lambda n: f"{n:g}", title="t")
    )
    assert "0" in [one.text for one in having(drawn, "text", "axis-text")]


def test_labels_at_line_ends_are_moved_apart() -> None:
    series = tuple(
        Series(name, (Reading(2023, 10, ""), Reading(2024, 10 + i / 10, ""))) for i, name in enumerate("abc")
    )
    drawn = parsed(lines(series, written=str, title="t"))
    heights = sorted(float(one.get("y", "")) for one in having(drawn, "text", "line-label"))
    assert min(b - a for a, b in pairwise(heights)) >= 16


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [(52.37, 4.89, "nld"), (-6.2, 106.8, "idn"), (35.7, 139.7, "jpn"), (38.9, -77.0, "usa")],
)
def test_a_city_is_drawn_inside_the_outline_of_its_country(latitude: float, longitude: float, code: str) -> None:
    x, y = world().place(latitude, longitude)
    (outline,) = [one for one in world().outlines if one.code == code]
    points = []
    for ring in outline.path.split("M")[1:]:
        numbers = [float(one) for one in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
        px, py = numbers[0], numbers[1]
        points.append((px, py))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=False):
            px, py = px + dx, py + dy
            points.append((px, py))
    assert min(one for one, _ in points) - 2 <= x <= max(one for one, _ in points) + 2
    assert min(one for _, one in points) - 2 <= y <= max(one for _, one in points) + 2
    assert min((px - x) ** 2 + (py - y) ** 2 for px, py in points) < 20**2


def test_small_trading_partners_are_on_the_map() -> None:
    assert {"sgp", "hkg", "mlt", "bhr", "cuw", "abw", "sxm", "mac", "lux", "qat"} <= world().codes()


def test_a_tiny_territory_is_a_circle_of_five_at_least() -> None:
    drawn = parsed(world_map((Place("sgp", "Singapore", 1, "1"),), (1,), title="t"))
    (circle,) = having(drawn, "circle", "spot")
    assert float(circle.get("r", "")) >= 5


def test_a_territory_without_an_outline_stands_at_its_point() -> None:
    gaza = Place("", "Gaza Strip", 1, "1", latitude=31.5, longitude=34.47)
    (circle,) = having(parsed(world_map((gaza,), (1,), title="t")), "circle", "spot")
    assert float(circle.get("cx", "")) == pytest.approx(world().place(31.5, 34.47)[0], abs=0.1)


def test_each_code_has_one_outline() -> None:
    codes = [one.code for one in world().outlines if one.code]
    assert len(codes) == len(set(codes)) > 230


def test_classes_are_the_values_themselves_when_there_are_few() -> None:
    assert classes([1, 1, 2, 14]) == (1, 2, 14)


def test_every_class_has_a_value() -> None:
    values = [1, 2, 3, 5, 8, 13, 200, 300, 4000]
    found = classes(values)
    assert {class_of(one, found) for one in values} == set(range(1, len(found) + 1))


def test_the_highest_class_is_the_darkest_and_a_gap_is_no_class() -> None:
    assert step_class(14, (1, 2, 14)) == "q5"
    assert step_class(None, (1, 2, 14)) == "missing"


def test_ticks_are_round_and_hold_all_values() -> None:
    assert round_ticks(0, 94) == (0, 20, 40, 60, 80, 100)
    assert round_ticks(-3, 4)[0] <= -3


@pytest.mark.parametrize(("language", "expected"), [("nl", "12.500"), ("en", "12,500")])
def test_numbers_are_written_as_the_language_does(language: str, expected: str) -> None:
    assert written(12500, "nl" if language == "nl" else "en") == expected


@pytest.mark.parametrize(("value", "days"), [("2025", 365), ("2024-02", 29), ("2025-06-16", 1)])
def test_a_span_has_the_days_that_its_date_allows(value: str, days: int) -> None:
    span = span_of(value)
    assert span is not None
    assert (span.last - span.first).days + 1 == days


@pytest.mark.parametrize("value", ["", "soon", "2025-13", "2025-02-30", "0000"])
def test_what_is_no_date_has_no_span(value: str) -> None:
    assert span_of(value) is None


def test_words_are_cut_with_an_ellipsis_and_wrapped_between_words() -> None:
    assert shortened("a long name of a thing", 60, 14).endswith("…")
    assert wrapped("one two three", 60, 14) == ("one two", "three")


def test_a_file_stands_alone() -> None:
    sheet = Sheet("unit", ("Source: x.", "CC0 1.0"), "svg{--fg:#000}", (Swatch("bar", "known"),), "https://example.org")
    text = stand_alone(bars((Bar("a", 2, "2", "/en/x"),), title="A & B"), sheet)
    root = ET.fromstring(text.encode())
    words = [one.text for one in root.iter(SVG + "text")]
    assert {"A & B", "unit", "known", "Source: x.", "CC0 1.0"} <= set(words)
    assert [one.get("href") for one in root.iter(SVG + "a")] == ["https://example.org/en/x"]
    assert root.find(SVG + "style") is not None


def test_a_value_of_zero_is_stated_and_has_no_length() -> None:
    drawn = parsed(bars((Bar("a", 2, "2"), Bar("b", 0, "0")), title="t"))
    assert [float(one.get("width", "")) for one in having(drawn, "rect", "bar")][1] == 0
