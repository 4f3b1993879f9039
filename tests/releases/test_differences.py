"""What differs between two releases, and how it is written down."""

import json
from itertools import chain
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner, Result

from releases.conftest import NEWER, OLDER, put
from tradegraph.cli import main
from tradegraph.errors import NotSound
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.publish import kept_differences
from tradegraph.publish.differences import GraphTally, KindTally, ThingChange, changes
from tradegraph.publish.kept_differences import KeptDifference
from tradegraph.release import ReleaseFolder

CS = rdflib.Namespace("http://purl.org/vocab/changeset/schema#")
MISSION = "g:registry { <https://w3id.org/tradegraph/id/mission/%s> rdfs:label '%s'@nl , '%s'@en }\n"


def compared(folder: ReleaseFolder, older: str, newer: str) -> list[ThingChange]:
    return list(changes(put(folder, older), put(folder, newer)))


def diff(folder: ReleaseFolder, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--releases", str(folder.root), *arguments])


def test_things_are_added_removed_and_changed(folder: ReleaseFolder) -> None:
    found = {change.thing.removeprefix(ID): change.how for change in compared(folder, OLDER, NEWER)}
    assert found == {"mission/chile": "removed", "mission/japan": "changed", "mission/kenya": "added"}


def test_another_value_of_the_same_property_is_a_correction(folder: ReleaseFolder) -> None:
    (japan,) = [change for change in compared(folder, OLDER, NEWER) if change.how == "changed"]
    (year,) = japan.properties
    integer = f"^^<{PREFIXES['xsd']}integer>"
    assert (year.name, year.corrected) == (PREFIXES["tg"] + "year", True)
    assert [said.value for said in year.removed] == [f'"2024"{integer}']
    assert [said.value for said in year.added] == [f'"2025"{integer}']


def test_a_value_more_is_a_change_and_no_correction(folder: ReleaseFolder) -> None:
    older = MISSION % ("japan", "Japan", "Japan")
    (change,) = compared(folder, older, older + "g:letter { <https://w3id.org/tradegraph/id/mission/japan> tg:year 1 }")
    assert [(one.removed, one.corrected) for one in change.properties] == [((), False)]


def test_the_same_value_in_another_document_is_a_change_and_no_correction(folder: ReleaseFolder) -> None:
    said = "{ <https://w3id.org/tradegraph/id/mission/japan> tg:year 2024 }"
    (change,) = compared(folder, f"g:one {said}", f"g:two {said}")
    (year,) = change.properties
    assert not year.corrected
    assert [one.graph.rpartition("/")[2] for one in (*year.removed, *year.added)] == ["one", "two"]


def test_keys_that_begin_alike_are_kept_apart(folder: ReleaseFolder) -> None:
    """In a sorted file `…/japan-hightech>` stands before `…/japan>`, and `…/japan2>` too."""
    older = "".join(MISSION % (key, key, key) for key in ("japan", "japan-hightech", "japan2", "jap"))
    newer = "".join(MISSION % (key, key, key) for key in ("japan", "japan-water", "japan2"))
    found = {change.thing.removeprefix(ID + "mission/"): change.how for change in compared(folder, older, newer)}
    assert found == {"japan-hightech": "removed", "jap": "removed", "japan-water": "added"}


def test_the_name_is_that_in_the_newer_release(folder: ReleaseFolder) -> None:
    older, newer = (MISSION % ("japan", name, name) for name in ("oud", "nieuw"))
    (change,) = compared(folder, older, newer)
    assert change.label_nl == "nieuw"


def test_a_release_does_not_differ_from_itself(folder: ReleaseFolder) -> None:
    release = put(folder, OLDER)
    assert list(changes(release, release)) == []
    assert KeptDifference.of(release, release, folder.changes).summary.same


def test_the_numbers_are_per_kind_and_per_document(folder: ReleaseFolder) -> None:
    summary = KeptDifference.of(put(folder, OLDER), put(folder, NEWER), folder.changes).summary
    graph = PREFIXES["g"]
    assert summary.kinds == (KindTally("mission", added=1, removed=1, changed=1, corrected=1),)
    assert summary.graphs == (GraphTally(graph + "letter", 1, 1), GraphTally(graph + "registry", 3, 3))
    assert (summary.added, summary.removed) == (4, 4)


def test_a_file_that_is_not_sorted_is_refused(folder: ReleaseFolder) -> None:
    release = put(folder, OLDER)
    lines = release.dataset.read_bytes().splitlines(keepends=True)
    release.dataset.write_bytes(b"".join([*lines[1:], lines[0]]))
    with pytest.raises(NotSound, match="do not stand together"):
        list(changes(release, release))


def test_a_comparison_is_computed_once(folder: ReleaseFolder) -> None:
    older, newer = put(folder, OLDER), put(folder, NEWER)
    first = KeptDifference.of(older, newer, folder.changes)
    older.dataset.write_bytes(b"not a dataset any more\n")
    assert KeptDifference.of(older, newer, folder.changes) == first


def test_a_comparison_that_fails_leaves_nothing_behind(folder: ReleaseFolder) -> None:
    older, newer = put(folder, OLDER), put(folder, NEWER)
    older.dataset.write_bytes(b"b \na \n")
    with pytest.raises((NotSound, SyntaxError)):
        KeptDifference.of(older, newer, folder.changes)
    assert list(folder.changes.iterdir()) == []


def test_lists_are_read_in_pages(folder: ReleaseFolder) -> None:
    size = kept_differences.PAGE_SIZE
    newer = "".join(MISSION % (f"m{number:03}", number, number) for number in range(2 * size + 1))
    found = KeptDifference.of(put(folder, ""), put(folder, newer), folder.changes)
    pages = [[change.label_nl for change in found.things("mission", "added", page)] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [size, size, 1, 0]
    assert list(chain(*pages)) == [str(number) for number in range(2 * size + 1)]
    assert [change.label_nl for change in found.all()] == list(chain(*pages))


def test_as_text_each_thing_has_a_line(folder: ReleaseFolder) -> None:
    put(folder, OLDER)
    put(folder, NEWER)
    lines = diff(folder).output.splitlines()
    assert "- mission/chile  Chile" in lines
    assert "+ mission/kenya  Kenya" in lines
    place = lines.index("~ mission/japan  Japan")
    assert [line.split()[:2] for line in lines[place + 1 : place + 3]] == [["-", "tg:year"], ["+", "tg:year"]]


def test_as_json_it_is_one_object(folder: ReleaseFolder) -> None:
    older, newer = put(folder, OLDER), put(folder, NEWER)
    members = json.loads(diff(folder, older.identifier, newer.identifier, "--format", "json").output)
    assert (members["from"], members["to"]) == (older.identifier, newer.identifier)
    assert members["quads"] == {"added": 4, "removed": 4}
    assert [one["how"] for one in members["things"]] == ["added", "removed", "changed"]


def test_as_turtle_the_older_release_can_be_made_from_the_newer(folder: ReleaseFolder) -> None:
    """All additions taken away and all removals put back."""
    older, newer = put(folder, OLDER), put(folder, NEWER)
    written = rdflib.Graph().parse(data=diff(folder, "--format", "ttl").output, format="turtle")
    assert not [node for node in written.all_nodes() if isinstance(node, rdflib.BNode)]

    def graph_of(path: Path) -> rdflib.Graph:
        text = "\n".join(line.rpartition(" <")[0] + " ." for line in path.read_text(encoding="utf-8").splitlines())
        return rdflib.Graph().parse(data=text, format="nt")

    made = graph_of(newer.dataset)
    for way in (CS.addition, CS.removal):
        for node in written.objects(None, way):
            parts = (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
            subject, predicate, value = (next(written.objects(node, part)) for part in parts)
            (made.remove if way == CS.addition else made.add)((subject, predicate, value))
    assert set(made) == set(graph_of(older.dataset))


def test_literals_of_every_kind_survive_being_kept(folder: ReleaseFolder) -> None:
    values = 'rdfs:label """one\\n"two" \\\\ é"""@nl ; tg:year "x"^^xsd:token'
    text = f"g:a {{ <https://w3id.org/tradegraph/id/mission/a> {values} }}"
    put(folder, "")
    put(folder, text)
    written = rdflib.Graph().parse(data=diff(folder, "--format", "ttl").output, format="turtle")
    assert {str(one) for one in written.objects(None, rdflib.RDF.object)} == {'one\n"two" \\ é', "x"}
    assert len(list(written.objects(None, CS.addition))) == 2


def test_the_exit_code_tells_whether_they_differ_only_when_asked(folder: ReleaseFolder) -> None:
    older, newer = put(folder, OLDER), put(folder, NEWER)
    pair = (older.identifier, newer.identifier)
    assert diff(folder, *pair).exit_code == 0
    assert diff(folder, *pair, "--exit-code").exit_code == 1
    assert diff(folder, pair[0], pair[0], "--exit-code").exit_code == 0


def test_a_release_elsewhere_is_named_by_its_folder_and_nothing_is_kept(folder: ReleaseFolder, tmp_path: Path) -> None:
    elsewhere = put(ReleaseFolder(tmp_path / "archive"), OLDER)
    put(folder, NEWER)
    result = diff(folder, str(elsewhere.directory), "current")
    assert "+ mission/kenya" in result.output
    assert not folder.changes.exists()


def test_the_first_release_has_nothing_before_it(folder: ReleaseFolder) -> None:
    put(folder, OLDER)
    result = diff(folder)
    assert result.exit_code == 2
    assert "there is no release before" in result.output
