"""The history: who wrote what, when, where; as rows, as a patch and as provenance."""

from datetime import UTC, datetime
from itertools import pairwise

import pyoxigraph as ox
import pytest

from tradegraph.errors import NotFound
from tradegraph.store import Asker
from tradegraph.writing import DataFolder, Delta, Entry, Filter, JournalDamaged, history, one_write, patch, provenance
from tradegraph.writing.history import row
from tradegraph.writing.provenance import PROVENANCE_PREFIXES
from writing.conftest import GRAPHS, entry, line, segment, written

PREFIXED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PROVENANCE_PREFIXES.items())


@pytest.fixture
def busy(folder: DataFolder) -> DataFolder:
    """Four writes, at 9, 10, 11 and 12 o'clock, by two writers in two graphs."""
    other = Delta((), tuple(sorted([line("o1", GRAPHS[1]), line("o2", GRAPHS[1])])))
    both = Delta((line("o1", GRAPHS[1]), line("x")), (line("z"),))
    return written(
        folder,
        entry("x", "y"),
        Entry("chamber", "put", other, "first list"),
        Entry("customs", "update", both),
        entry(removed=["y", "z"], writer="chamber", kind="delete"),
    )


def numbers(folder: DataFolder, wanted: Filter) -> list[int]:
    return [one.number for one in history(folder, wanted)]


def asked(folder: DataFolder, select: str, where: str, wanted: Filter | None = None) -> list[tuple[str, ...]]:
    """Return the solutions of a pattern in the provenance, in which `w:` names writes."""
    store = ox.Store()
    store.extend(provenance(folder, wanted))
    prefixes = f"{PREFIXED} PREFIX w: <{folder.write_iri(0)[:-1]}>"
    return sorted(row.texts() for row in Asker(store).rows(f"{prefixes} SELECT {select} {{ {where} }}"))


def test_writes_are_found_by_graph_writer_and_moment(busy: DataFolder) -> None:
    assert numbers(busy, Filter()) == [1, 2, 3, 4]
    assert numbers(busy, Filter(graph=GRAPHS[1])) == [2, 3]
    assert numbers(busy, Filter(writer="chamber")) == [2, 4]
    assert numbers(busy, Filter(graph=GRAPHS[0], writer="chamber")) == [4]
    assert numbers(busy, Filter(since=datetime(2026, 3, 1, 10, tzinfo=UTC))) == [2, 3, 4]
    assert numbers(busy, Filter(until=datetime(2026, 3, 1, 11, tzinfo=UTC))) == [1, 2]


def test_a_row_says_all_of_a_write_but_its_quads(busy: DataFolder) -> None:
    second = one_write(busy, 2)
    assert row(busy, second) == {
        "number": 2,
        "write": busy.write_iri(2),
        "started": "2026-03-01T10:00:00.000000Z",
        "recorded": "2026-03-01T10:00:00.000000Z",
        "writer": "chamber",
        "kind": "put",
        "note": "first list",
        "release": "",
        "removed": 0,
        "added": 2,
        "graphs": [{"graph": GRAPHS[1], "removed": 0, "added": 2}],
        "digest": second.digest.hex(),
    }


def test_a_write_that_is_not_there_is_refused_with_the_last_one(busy: DataFolder) -> None:
    for number in (0, 5, 50):
        with pytest.raises(NotFound, match=rf"no write {number}\. The last one is 4\."):
            one_write(busy, number)


def test_before_the_first_write_there_is_no_history(folder: DataFolder) -> None:
    assert numbers(folder, Filter()) == []
    with pytest.raises(NotFound, match="Nothing was written yet"):
        one_write(folder, 1)


def test_a_write_is_shown_as_an_rdf_patch(busy: DataFolder) -> None:
    assert list(patch(busy, one_write(busy, 3))) == [
        f"H id <{busy.write_iri(3)}> .\n".encode(),
        f"H prev <{busy.write_iri(2)}> .\n".encode(),
        b"TX .\n",
        b"D " + line("o1", GRAPHS[1]),
        b"D " + line("x"),
        b"A " + line("z"),
        b"TC .\n",
    ]


def test_the_history_of_a_damaged_journal_is_not_told(busy: DataFolder) -> None:
    damaged = bytearray(segment(busy).read_bytes())
    damaged[200] ^= 1
    segment(busy).write_bytes(damaged)
    with pytest.raises(JournalDamaged):
        numbers(busy, Filter())


def test_a_write_is_an_activity_of_an_agent_with_times(busy: DataFolder) -> None:
    where = """?write a prov:Activity ; prov:wasAssociatedWith [ a prov:Agent ; rdfs:label ?who ] ;
        prov:startedAtTime ?start ; prov:endedAtTime ?end ; dct:description ?note"""
    moment = "2026-03-01T10:00:00Z"
    assert asked(busy, "?write ?who ?start ?end ?note", where) == [
        (f"<{busy.write_iri(2)}>", "chamber", moment, moment, "first list")
    ]


def test_each_write_makes_a_revision_of_the_graphs_it_touched(busy: DataFolder) -> None:
    chain = asked(busy, "?new ?old", f"?new prov:wasRevisionOf ?old ; prov:specializationOf <{GRAPHS[0]}>")
    revisions = [busy.revision_iri(GRAPHS[0], number) for number in (1, 3, 4)]
    assert chain == [(f"<{new}>", f"<{old}>") for old, new in pairwise(revisions)]
    assert asked(busy, "?size", f"<{revisions[2]}> void:triples ?size") == [("0",)]
    assert asked(busy, "?old", "w:3 prov:used ?old") == sorted(
        (f"<{busy.revision_iri(graph, number)}>",) for graph, number in ((GRAPHS[0], 1), (GRAPHS[1], 2))
    )


def test_what_was_added_and_removed_is_counted_where_it_belongs(busy: DataFolder) -> None:
    old, new = busy.revision_iri(GRAPHS[0], 3), busy.revision_iri(GRAPHS[0], 4)
    assert asked(
        busy, "?gone ?count", f"w:4 prov:invalidated ?gone . ?gone void:triples ?count ; dct:isPartOf <{old}>"
    ) == [(f"<{new}:removed>", "2")]
    assert asked(
        busy, "?part ?count", f"w:3 prov:generated ?part . ?part dct:isPartOf <{old}> ; void:triples ?count"
    ) == [(f"<{old}:added>", "1")]


def test_a_part_of_the_history_still_knows_what_it_revised(busy: DataFolder) -> None:
    only = Filter(writer="chamber")
    assert asked(busy, "?write", "?write a prov:Activity", only) == [(f"<{busy.write_iri(n)}>",) for n in (2, 4)]
    assert asked(busy, "?old", "w:4 prov:generated/prov:wasRevisionOf ?old", only) == [
        (f"<{busy.revision_iri(GRAPHS[0], 3)}>",)
    ]


def test_graphs_in_the_default_graph_have_revisions_too(folder: DataFolder) -> None:
    written(folder, Entry("customs", "update", Delta((), (line("x", ""),))))
    assert asked(
        folder,
        "?revision",
        "w:1 prov:generated ?revision . ?revision void:triples 1 FILTER NOT EXISTS { ?revision dct:isPartOf ?x }",
    ) == [(f"<{folder.revision_iri('', 1)}>",)]
