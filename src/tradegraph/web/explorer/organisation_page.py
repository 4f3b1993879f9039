"""Pages of organisations, projects and venues."""

from collections.abc import Iterable
from typing import Final

from tradegraph.namespaces import shrink
from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.territory_page import agreements_of
from tradegraph.web.explorer.thing_design import Design
from tradegraph.web.explorer.thing_parts import Part, Sentence
from tradegraph.web.explorer.thing_values import Writer, say
from tradegraph.web.kit import Fact, Facts

_CLASSES: Final = ("Consortium", "InternationalOrganisation", "GovernmentBody", "Company", "Organisation")


def _organisation_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    kind = next((w.label(f"tg:{name}") for name in _CLASSES if own.is_a(name)), w.label("tg:Organisation"))
    places = [w.related(one) for one in w.reading.related("tg:locatedIn")]
    larger = [Fact(w.link(one)) for one in own.iris("org:subOrganizationOf")]
    what = kind[:1].upper() + kind[1:]
    if larger:
        yield w.sentence(say(w, "things_org_of"), what=what, whole=larger)
    elif places or not own.terms("dct:description"):
        template = say(w, "things_org_in") if places else say(w, "things_org")
        yield w.sentence(template, what=what, where=places)
    runs = [w.related(one) for one in w.reading.related("tg:runBy", inverse=True)]
    if runs:
        yield w.sentence(say(w, "things_org_runs"), what=w.enumerated(runs, 3))
    taken = {one.iri_of("tg:participationIn") for one in w.reading.records("thing_participations")}
    if taken:
        yield w.sentence(
            say(w, "things_org_took_part", n=len(taken))
            if len(taken) > 1
            else say(w, "things_org_took_part_1", n=len(taken))
        )


def _organisation_facts(w: Writer) -> Iterable[Facts]:
    yield from w.rows(
        "tg:shortName",
        "org:subOrganizationOf",
        "tg:partOf",
        "tg:memberOf",
        "tg:locatedIn",
        "tg:inSector",
        "tg:legalBasis",
        "schema:sameAs",
    )
    for name in (
        "org:subOrganizationOf",
        "tg:memberOf",
        "tg:runBy",
        "tg:policyOwner",
        "tg:fundedBy",
        "tg:ledBy",
        "org:postIn",
        "tg:awardedTo",
        "tg:acquiredBy",
    ):
        if (row := w.row(name, inverse=True)) is not None:
            yield row


def _organisation_parts(w: Writer) -> Iterable[Part | None]:
    yield sections.to_know(w)
    yield tables.participations(w, of_event=False)
    yield agreements_of(w)
    yield tables.figures(w)
    yield sections.statements(w)
    yield sections.commitments(w)
    yield sections.questions(w)
    yield sections.mentions(w)


def _project_says(w: Writer) -> Iterable[Sentence]:
    places = _related(w, "tg:locatedIn", "tg:inTerritory")
    yield w.sentence(say(w, "things_project_in") if places else say(w, "things_project"), where=places)
    funders = _related(w, "tg:fundedBy")
    if funders:
        yield w.sentence(say(w, "things_project_funded"), who=funders)
    doers = _related(w, "tg:conductedBy", "tg:organisedBy", "tg:awardedTo")
    if doers:
        yield w.sentence(say(w, "things_project_by"), who=doers)


def _related(w: Writer, *names: str) -> list[Fact]:
    return [w.related(one) for one in w.reading.relations if not one.inverse and shrink(one.relation) in names]


def _project_facts(w: Writer) -> Iterable[Facts]:
    yield from w.rows(
        "tg:locatedIn",
        "tg:inTerritory",
        "tg:inSector",
        "tg:startedOn",
        "tg:hasStatus",
        "tg:commissionedBy",
        "tg:conductedBy",
        "tg:organisedBy",
        "tg:awardedTo",
        "tg:acquiredBy",
        "tg:fundedBy",
        "tg:partOf",
        "tg:resultedIn",
    )
    for name in ("tg:resultedIn", "tg:locatedIn", "tg:appliesTo"):
        if (row := w.row(name, inverse=True)) is not None:
            yield row


def _project_parts(w: Writer) -> Iterable[Part | None]:
    yield sections.to_know(w)
    yield sections.statuses(w)
    yield tables.participations(w, of_event=True)
    yield tables.figures(w)
    yield sections.statements(w)
    yield sections.commitments(w)
    yield sections.questions(w)
    yield sections.mentions(w)


def _venue_says(w: Writer) -> Iterable[Sentence]:
    places = _related(w, "tg:locatedIn")
    yield w.sentence(say(w, "things_venue_in") if places else say(w, "things_venue"), where=places)
    events = [w.related(one) for one in w.reading.related("tg:locatedIn", inverse=True)]
    if events:
        yield w.sentence(say(w, "things_venue_events"), what=events)


ORGANISATION: Final = Design(_organisation_says, _organisation_facts, _organisation_parts)
PROJECT: Final = Design(_project_says, _project_facts, _project_parts)
VENUE: Final = Design(_venue_says, _project_facts, _project_parts)
