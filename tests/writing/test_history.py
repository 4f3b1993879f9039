"""The history: who wrote what, when, where; as rows, as a patch and as provenance."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from tradegraph.cli import main
from tradegraph.errors import NotFound, WriteRefused
from tradegraph.files import Project
from tradegraph.store import Asker
from tradegraph.writing import (
    DataFolder,
    Delta,
    Entry,
    Filter,
    Journal,
    JournalDamaged,
    history,
    one_write,
    patch,
    provenance,
)
from tradegraph.writing.history import row
from tradegraph.writing.history_keeper import HistoryScribe, change_of
from tradegraph.writing.provenance import PROVENANCE_PREFIXES, Teller, part_iri, parts
from writing.conftest import GRAPHS, entry, fresh_folder, histories, line, replayed, segment, written

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


def told(folder: DataFolder) -> ox.Store:
    """Return the history as the keeper has it after reading the whole journal."""
    store = ox.Store()
    store.extend(HistoryScribe(folder, Teller(folder)).told(history(folder)))
    return store


def test_what_a_write_changed_stands_in_graphs_of_the_same_names_as_the_parts(busy: DataFolder) -> None:
    third = list(parts(busy, one_write(busy, 3)))
    assert [quad.graph_name.value for quad in third if isinstance(quad.graph_name, ox.NamedNode)] == [
        part_iri(busy, GRAPHS[1], 3, "removed"),
        part_iri(busy, GRAPHS[0], 3, "removed"),
        part_iri(busy, GRAPHS[0], 3, "added"),
    ]
    store = told(busy)
    counted = {
        str(quad.subject.value): int(quad.object.value)
        for quad in store.quads_for_pattern(None, ox.NamedNode(PROVENANCE_PREFIXES["void"] + "triples"), None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    for graph in store.named_graphs():
        assert isinstance(graph, ox.NamedNode)
        assert counted[graph.value] == len(list(store.quads_for_pattern(None, None, None, graph)))


@given(histories())
def test_the_parts_put_together_are_what_there_is(entries: list[Entry]) -> None:
    with fresh_folder() as folder:
        written(folder, *entries)
        there: set[ox.Quad] = set()
        for one in history(folder):
            for quad in parts(folder, one):
                assert isinstance(quad.graph_name, ox.NamedNode)
                [graph] = [
                    graph
                    for graph, _removed, _added in one.graphs
                    if quad.graph_name.value.startswith(folder.revision_iri(graph, one.number) + ":")
                ]
                home = ox.NamedNode(graph) if graph else ox.DefaultGraph()
                there ^= {ox.Quad(quad.subject, quad.predicate, quad.object, home)}
        assert there == set(ox.parse(b"".join(replayed(entries)), format=ox.RdfFormat.N_QUADS))


@given(histories())
def test_a_history_told_write_by_write_is_the_history_read_at_once(entries: list[Entry]) -> None:
    with fresh_folder() as folder:
        written(folder, *entries)
        store, scribe = ox.Store(), HistoryScribe(folder, Teller(folder))
        for one in history(folder):
            # Heard twice, as by a worker that was born in between.
            for _ in range(2):
                scribe.catch_up(store, one.number.to_bytes(8, "big") + change_of(one))
        assert set(store) == set(told(folder))
        assert scribe.known == len(entries)


def test_nobody_writes_in_the_history(busy: DataFolder) -> None:
    with pytest.raises(WriteRefused, match="cannot be changed"):
        HistoryScribe(busy, Teller(busy)).propose(ox.Store(), b"")


# The examples of docs/writing.md.

SECTION = (Project.own().root / "docs" / "writing.md").read_text(encoding="utf-8").split("### History\n")[1]
EXAMPLES = re.findall(r"```sparql\n(.+?)```", SECTION.split("\n### ")[0], re.DOTALL)
CUSTOMS = "https://example.org/customs/2026"


@pytest.fixture
def documented(folder: DataFolder) -> ox.Store:
    """A triple that customs added on 19 November, the chamber removed on 20 November, and customs added again."""
    triple = b'<https://example.org/a> <https://example.org/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> '
    quad, elsewhere = triple + f"<{CUSTOMS}> .\n".encode(), triple + b"<https://example.org/chamber/x> .\n"
    clock = (datetime(2026, month, day, 12, tzinfo=UTC) for month, day in ((10, 1), (11, 19), (11, 20), (11, 21)))
    journal = Journal.open(folder, clock=lambda: next(clock))
    journal.append(Entry("chamber", "update", Delta((), (elsewhere,))))
    journal.append(Entry("customs", "update", Delta((), (quad,))))
    journal.append(Entry("chamber", "update", Delta((quad,), ())))
    journal.append(Entry("customs", "update", Delta((), (quad,))))
    journal.close()
    return told(folder)


def answered(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIXED + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple("" if term is None else str(getattr(term, "value", term)) for term in row) for row in found]


def test_there_are_three_examples() -> None:
    assert len(EXAMPLES) == 3


def test_the_first_example_tells_who_added_a_triple_and_when_it_was_removed(documented: ox.Store) -> None:
    assert answered(documented, EXAMPLES[0]) == [
        ("https://example.org/chamber/x", "chamber", "2026-10-01T12:00:00Z", ""),
        (CUSTOMS, "customs", "2026-11-19T12:00:00Z", "2026-11-20T12:00:00Z"),
        (CUSTOMS, "customs", "2026-11-21T12:00:00Z", ""),
    ]


def test_the_second_example_tells_what_a_writer_changed_about_a_thing(documented: ox.Store) -> None:
    assert answered(documented, EXAMPLES[1]) == [
        (f"2026-11-{day}T12:00:00Z", "added", "https://example.org/b", "1") for day in (19, 21)
    ]
    by_the_other = EXAMPLES[1].replace("customs", "chamber").replace("2026-11-01", "2026-11-20")
    assert [one[1] for one in answered(documented, by_the_other)] == ["removed"]


def test_the_third_example_tells_the_number_of_the_last_write_at_a_moment(documented: ox.Store) -> None:
    assert answered(documented, EXAMPLES[2]) == [("3",)]


# A point in time, on the command line.


def run(folder: DataFolder, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["history", "--data-dir", str(folder.root), *map(str, arguments)])


def test_what_there_was_is_printed_for_a_number_and_for_a_moment(busy: DataFolder) -> None:
    after_two = b"".join(sorted([line("x"), line("y"), line("o1", GRAPHS[1]), line("o2", GRAPHS[1])]))
    for at in ("2", "2026-03-01T10:30Z", "2026-03-01T10:00:00Z"):
        assert run(busy, "--at", at).stdout_bytes == after_two
    assert run(busy, "--at", 4).stdout_bytes == line("o2", GRAPHS[1])
    assert run(busy, "--at", "2026-02-28").stdout_bytes == b""


def test_one_graph_of_then_is_printed_as_triples(busy: DataFolder) -> None:
    printed = run(busy, "--at", 3, "--graph", GRAPHS[0]).stdout_bytes
    graph = f" <{GRAPHS[0]}> .".encode()
    assert printed == b"".join(sorted(line(name).replace(graph, b" .") for name in ("y", "z")))
    assert "prov" not in run(busy, "--at", 3, "--graph", GRAPHS[0], "--format", "ttl").stdout
    assert run(busy, "--at", 3, "--graph", "").stdout_bytes == b"", "the default graph is always there"
    gone = run(busy, "--at", 4, "--graph", GRAPHS[0])
    assert (gone.exit_code, f"There was no graph {GRAPHS[0]} then" in gone.stderr) == (2, True)


def test_other_formats_hold_the_same(busy: DataFolder) -> None:
    said = set(ox.parse(run(busy, "--at", 3).stdout_bytes, format=ox.RdfFormat.N_QUADS))
    for name, form in (("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)):
        assert set(ox.parse(run(busy, "--at", 3, "--format", name).stdout_bytes, format=form)) == said


def test_the_past_is_printed_to_a_file_too(busy: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "then.nq").write_bytes(run(busy, "--at", 4).stdout_bytes)
    assert len(Asker.open(tmp_path / "then.nq").store) == 1


@pytest.mark.parametrize(
    "arguments",
    [("--at", 5), ("--at", "noon"), ("--at", 1, "--writer", "x"), ("--at", 1, 1), ("--at", 1, "--format", "table"),
     ("--format", "nq"), ("--at", 1, "--format", "ttl")],
    ids=lambda arguments: " ".join(map(str, arguments)),
)  # fmt: skip
def test_a_past_that_cannot_be_printed_is_refused(busy: DataFolder, arguments: tuple[object, ...]) -> None:
    refused = run(busy, *arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr
