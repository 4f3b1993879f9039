"""The page of everything that has no page of its own design: records of evidence, data sets, versions, rules."""

from collections.abc import Iterable
from typing import Final

from tradegraph.explore.kinds import kind_of
from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.thing_design import Design, usual_parts
from tradegraph.web.explorer.thing_parts import Part, Sentence
from tradegraph.web.explorer.thing_relations import SHOWN_APART
from tradegraph.web.explorer.thing_values import Writer, say
from tradegraph.web.kit import Fact, Facts
from tradegraph.web.notes import Text

# Before what is only a remark: who or what, in what, as what.
_FIRST: Final = (
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "tg:byRule",
    "tg:derivedFromEvidence",
    "tg:refersTo",
    "tg:statementType",
    "tg:participant",
    "tg:viaOffice",
    "tg:viaHolding",
    "tg:participationRole",
    "tg:participationIn",
    "tg:actionType",
    "tg:actionOn",
    "tg:actionDate",
    "tg:statusOf",
    "tg:status",
    "tg:memberTerritory",
    "tg:grouping",
    "tg:partyRecordFor",
    "tg:partyRecordOf",
)


def _says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    kind = kind_of(w.reading.thing)
    texts = own.texts("tg:text")
    if texts and (text := w.chosen(texts)) is not None:
        yield (w.fact(text, own, kind.one.in_(w.language)),)
    if kind.key == "relation":
        yield w.sentence(say(w, "things_relation_says"))
    elif kind.layer == "evidence":
        yield w.sentence(say(w, "things_record_says", kind=kind.one.in_(w.language)))


def _facts(w: Writer) -> Iterable[Facts]:
    hidden = SHOWN_APART
    if kind_of(w.reading.thing).layer == "evidence":
        # What a piece of evidence is about has no other place on its page; the two properties say the same.
        hidden = hidden - {"tg:refersTo"}
    names = [name for name in w.reading.own.values if name not in hidden]

    def rank(name: str) -> tuple[int, str]:
        return (_FIRST.index(name) if name in _FIRST else len(_FIRST), w.label(name).casefold())

    yield from w.rows(*sorted(names, key=rank))


def _parts(w: Writer) -> Iterable[Part | None]:
    if kind_of(w.reading.thing).layer == "evidence":
        yield sections.to_know(w)
        return
    yield from usual_parts(w)


def _period_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    span = w.span(own.text("tg:validFrom"), own.text("tg:validUntil"))
    count = len(w.reading.records("thing_figures"))
    yield w.sentence(say(w, "things_period_says", span=span, n=count))


def _dataset_says(w: Writer) -> Iterable[Sentence]:
    yield w.sentence(say(w, "things_dataset_says", n=len(w.reading.records("thing_figures"))))


def _ranking_says(w: Writer) -> Iterable[Sentence]:
    count = len(w.reading.records("thing_figures"))
    marks = w.marks(w.reading.own.passages[:3], say(w, "things_ranking"))
    yield (*w.sentence(say(w, "things_ranking_says", n=count)), Fact(Text(""), marks))


def _ranking_parts(w: Writer) -> Iterable[Part | None]:
    yield sections.to_know(w)
    yield tables.figures(w, by_place=True, more="?property=tg:inRanking")
    yield sections.statements(w)
    yield sections.mentions(w)


def _dataset_parts(w: Writer) -> Iterable[Part | None]:
    yield tables.figures(w, more="?property=qb:dataSet")


def _period_parts(w: Writer) -> Iterable[Part | None]:
    yield tables.figures(w, more="?property=sdmx-dimension:refPeriod")


RECORD: Final = Design(_says, _facts, _parts)
RANKING: Final = Design(_ranking_says, _facts, _ranking_parts)
DATASET: Final = Design(_dataset_says, _facts, _dataset_parts)
PERIOD: Final = Design(_period_says, _facts, _period_parts)
