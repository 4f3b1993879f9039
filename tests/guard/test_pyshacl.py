"""Validating the whole graph, the guard finds what pySHACL finds."""

import pyshacl
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal
from rdflib import SH

from guard.test_incremental import CLASSES, EX, HERE, OWN, OWN_PREDICATES, OWN_THINGS, Facts, facts, store_of

SHAPES = rdflib.Graph().parse(HERE / "shapes.ttl")
ORDERED = {EX + "date", EX + "due", EX + "replied"}
DATES = [term for term in OWN_THINGS if isinstance(term, Literal) and term.datatype.value.endswith("#date")]
Seen = tuple[str, str, str]


@settings(max_examples=60, deadline=None)
@given(st.frozensets(facts(OWN_PREDICATES, OWN_THINGS, CLASSES), max_size=14))
def test_whole_validation_finds_what_pyshacl_finds(facts_found: Facts) -> None:
    # pySHACL finds an order between things that SPARQL cannot compare, such as IRIs, or a text and a date.
    quads = frozenset(q for q in facts_found if q.predicate.value not in ORDERED or q.object in DATES)
    store = store_of(quads)
    ours = {(one.shape, one.constraint, one.focus) for one in OWN.validate(store).results}
    data = rdflib.Graph()
    for quad in quads:
        data.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    assert ours == of_pyshacl(data)


def of_pyshacl(data: rdflib.Graph) -> set[Seen]:
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES, inplace=True)
    assert isinstance(report, rdflib.Graph)
    return {
        (
            str(report.value(result, SH.sourceShape)),
            str(report.value(result, SH.sourceConstraintComponent)),
            term.n3() if (term := report.value(result, SH.focusNode)) is not None else "",
        )
        for result in report.objects(None, SH.result)
    }
