"""What was written is found together with what the release says, as if both had been indexed at once."""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, Store, parse

from search.conftest import HEAD, IndexOf
from tradegraph.errors import NotSound, QueryRefused, StoreBusy, StoreUnavailable
from tradegraph.namespaces import PREFIXES
from tradegraph.search import Index, WrittenIndex, build_index
from tradegraph.search.gather import PROPERTIES, subject_of
from tradegraph.search.live import LiveCopy
from tradegraph.search.original import Original
from tradegraph.search.scratch import scratch_folder
from tradegraph.search.words import LANGUAGES

HOME = "https://e.org/"
RELEASE = """
:japan a tg:Mission ; rdfs:label "handelsmissie naar Japan"@nl , "trade mission to Japan"@en .
:kenya a tg:Mission ; rdfs:label "missie naar Kenia"@nl , "mission to Kenya"@en ;
    dct:description "Voor de handel met België."@nl .
:belgium a tg:Territory ; rdfs:label "België"@nl , "Belgium"@en ; tg:isoAlpha3 "BEL" .
:unnamed a tg:Territory ; skos:altLabel "Zuiderbuurland"@nl .
:passage a tg:Passage ; tg:paraphrase "Over waterstof."@nl ; tg:locator "Missiebrief, par. 1"@nl .
:answer a tg:Answer ; tg:text "Het gaat om ammoniak."@nl ; tg:statedIn :passage .
tg:Mission tg:frontDoor true .
"""


def lines(turtle: str, graph: str = "one") -> list[bytes]:
    """Return the lines of triples in a graph."""
    store = Store()
    named = "".join(f"GRAPH :{graph} {{ {turtle} }}")
    store.load((HEAD + named).encode(), format=RdfFormat.TRIG)
    return lines_of(store)


def lines_of(quads: Iterable[Quad]) -> list[bytes]:
    store = Store()
    store.extend(quads)
    content = store.dump(format=RdfFormat.N_QUADS)
    assert content is not None
    return sorted(content.splitlines(keepends=True))


@dataclass
class Writing:
    """A release, its writers, and the index of both; `written` are the lines that are there."""

    folder: Path
    index: WrittenIndex
    number: int = 0
    written: set[bytes] = field(default_factory=set)

    def write(self, *, add: Iterable[bytes] = (), remove: Iterable[bytes] = ()) -> None:
        added, removed = tuple(sorted(add)), tuple(sorted(remove))
        self.number += 1
        self.written = (self.written - set(removed)) | set(added)
        self.index.changed(self.number, removed, added)

    def found(self, text: str, language: str | None = "nl") -> list[str]:
        hits = self.index.find(text, next((one for one in LANGUAGES if one == language), None), limit=50)
        return [hit.iri.removeprefix(HOME) for hit in hits]


def release(folder: Path, turtle: str) -> None:
    """Write a release: sorted quads and their index."""
    store = Store()
    store.load((HEAD + f"GRAPH :release {{ {turtle} }}").encode(), format=RdfFormat.TRIG)
    (folder / "dataset.nq").write_bytes(b"".join(lines_of(store)))
    build_index(store, folder / "search.sqlite")


def opened(folder: Path, state: Iterable[bytes] = (), number: int = 0) -> Writing:
    """Return the index over the release in `folder`; at the start, the lines of `state` are written."""
    # The machine may be busy.
    index = WrittenIndex(folder / "search.sqlite", folder / "dataset.nq", time_limit_s=60)
    writing = Writing(folder, index, number, set(state))
    index.start(number, lambda: (writing.number, sorted(writing.written)))
    return writing


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Writing]:
    release(tmp_path, RELEASE)
    writing = opened(tmp_path)
    yield writing
    writing.index.close()


def test_until_something_is_written_the_release_answers(writing: Writing) -> None:
    assert writing.found("japan") == ["japan"]
    assert writing.index.kinds["Mission"] == PREFIXES["tg"] + "Mission"


def test_a_thing_that_was_written_is_found_at_once_and_not_when_it_was_taken_away(writing: Writing) -> None:
    peru = lines(':peru a tg:Mission ; rdfs:label "missie naar Peru"@nl .')
    for _ in range(3):
        writing.write(add=peru)
        assert writing.found("peru") == ["peru"]
        assert writing.found("missie") == ["peru", "kenya", "japan"]
        writing.write(remove=peru)
        assert writing.found("peru") == []
        assert writing.found("missie") == ["kenya", "japan"]


def test_what_is_written_about_a_thing_of_the_release_adds_to_what_the_release_says(writing: Writing) -> None:
    writing.write(add=lines(':japan skos:altLabel "Zonnereis"@nl .'))
    assert writing.found("zonnereis") == ["japan"]
    assert writing.found("zonnereis handelsmissie") == ["japan"]
    [hit] = writing.index.find("zonnereis", "nl")
    assert (hit.kind, hit.label, hit.score) == ("Mission", "handelsmissie naar Japan", 3.0)


def test_a_name_goes_with_the_last_graph_that_says_it(writing: Writing) -> None:
    first, second = lines(':peru rdfs:label "Peru"@nl .', "one"), lines(':peru rdfs:label "Peru"@nl .', "two")
    writing.write(add=first)
    writing.write(add=second)
    writing.write(remove=first)
    assert writing.found("peru") == ["peru"]
    writing.write(remove=second)
    assert writing.found("peru") == []


def test_a_release_says_more_of_a_thing_once_somebody_gives_it_a_name(writing: Writing) -> None:
    assert writing.found("zuiderbuurland") == []
    writing.write(add=lines(':unnamed rdfs:label "Buren"@nl .'))
    assert writing.found("zuiderbuurland buren") == ["unnamed"]
    assert [hit.kind for hit in writing.index.find("buren")] == ["Territory"]


def test_compounds_of_the_release_are_found_by_words_that_were_written_and_the_reverse(writing: Writing) -> None:
    assert writing.found("buur") == []
    land = lines(':x rdfs:label "zuider buurland"@nl .')
    writing.write(add=[*land, *lines(':unnamed rdfs:label "Buren"@nl .'), *lines(':y rdfs:label "missiehandel"@nl .')])
    assert writing.found("buurland") == ["x", "unnamed"]
    assert writing.found("handel") == ["y", "japan", "kenya"]
    writing.write(remove=land)
    assert writing.found("buurland") == []


def test_a_thing_that_nobody_wrote_about_is_found_by_a_word_that_became_one(tmp_path: Path) -> None:
    release(tmp_path, ':a rdfs:label "zonnepaneel"@nl .')
    writing = opened(tmp_path)
    words = lines(':b rdfs:label "zonne paneel"@nl .')
    for _ in range(2):
        writing.write(add=words)
        assert sorted(writing.found("paneel")) == ["a", "b"]
        assert [hit.snippet.spans for hit in writing.index.find("paneel", "nl") if hit.iri == HOME + "a"] == [
            ((0, 11),)
        ]
        writing.write(remove=words)
        assert writing.found("paneel") == []
        assert writing.found("zonnepaneel") == ["a"]
    writing.index.close()


def test_what_is_stated_somewhere_is_called_by_where_that_is_now(writing: Writing) -> None:
    place = lines(':passage tg:locator "Bijlage, par. 2"@nl .')
    writing.write(add=place)
    assert [hit.label for hit in writing.index.find("ammoniak")] == ["Bijlage, par. 2"]
    writing.write(remove=place)
    assert [hit.label for hit in writing.index.find("ammoniak")] == ["Missiebrief, par. 1"]


def test_classes_that_were_written_can_be_asked_for_and_arranged(writing: Writing) -> None:
    journey = lines(':peru a :Journey , :Trip ; rdfs:label "Peru"@nl .')
    writing.write(add=journey)
    assert writing.index.kinds["Journey"] == HOME + "Journey"
    assert [hit.iri for hit in writing.index.find("peru", kinds=["Trip"])] == [HOME + "peru"]
    below = lines(":Trip rdfs:subClassOf :Journey .")
    writing.write(add=below)
    assert [hit.kind for hit in writing.index.find("peru")] == ["Trip"]
    writing.write(remove=below)
    assert [hit.kind for hit in writing.index.find("peru")] == ["Journey"]
    writing.write(remove=journey)
    with pytest.raises(QueryRefused, match="Trip"):
        writing.index.find("peru", kinds=["Trip"])


def test_classes_that_go_round_or_very_deep_do_no_harm(writing: Writing) -> None:
    deep = " ".join(f":c{number} rdfs:subClassOf :c{number + 1} ." for number in range(3_000))
    wide = " ".join(
        f":w{number} rdfs:subClassOf {', '.join(f':w{other}' for other in range(30))} ." for number in range(30)
    )
    thing = ':peru a :c0 , :c1 , :c2999 , :w1 , :w2 ; rdfs:label "Peru"@nl .'
    writing.write(add=lines(f"{deep} {wide} :c3000 rdfs:subClassOf :c2990 . {thing}"))
    assert [hit.kind for hit in writing.index.find("peru")] == ["c0"]


def test_a_written_thing_takes_its_place_among_those_of_the_release(writing: Writing) -> None:
    writing.write(add=lines(':m rdfs:label "missie"@nl . :n rdfs:label "iets"@nl ; dct:description "een missie"@nl .'))
    assert writing.found("missie") == ["m", "kenya", "japan", "n"]
    hits = writing.index.find("missie", "nl")
    for limit in range(1, 4):
        assert writing.index.find("missie", "nl", limit=limit) == hits[:limit]


def test_what_was_written_before_the_start_is_found(tmp_path: Path) -> None:
    release(tmp_path, RELEASE)
    writing = opened(tmp_path, lines(':peru rdfs:label "Peru"@nl .'), 7)
    assert writing.found("peru") == ["peru"]
    writing.index.close()


def test_a_write_is_found_by_every_search_that_begins_after_it(writing: Writing) -> None:
    missed: list[int] = []

    def write_and_search(own: int) -> None:
        for number in range(20):
            with turn:
                writing.write(add=lines(f':t{own}x{number} rdfs:label "zoek{own}x{number}"@nl .'))
            if writing.found(f"zoek{own}x{number}") != [f"t{own}x{number}"]:
                missed.append(number)

    turn = threading.Lock()
    threads = [threading.Thread(target=write_and_search, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert missed == []


def test_a_search_that_would_miss_a_write_is_no_answer(tmp_path: Path) -> None:
    release(tmp_path, RELEASE)
    index = WrittenIndex(tmp_path / "search.sqlite", tmp_path / "dataset.nq", time_limit_s=0.2)
    go_on = threading.Event()

    def slow() -> tuple[int, list[bytes]]:
        go_on.wait(60)
        return 1, lines(':peru rdfs:label "Peru"@nl .')

    index.start(0, slow)
    assert index.find("japan"), "nothing was written yet"
    index.changed(1, (), lines(':peru rdfs:label "Peru"@nl .'))
    with pytest.raises(StoreBusy, match="taking in what was written"):
        index.find("japan")
    with pytest.raises(StoreBusy):
        _ = index.kinds
    go_on.set()
    index.close()


def test_an_index_that_cannot_follow_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release(tmp_path, RELEASE)
    dataset = tmp_path / "dataset.nq"
    dataset.write_bytes(b"".join(sorted(dataset.read_bytes().splitlines(keepends=True), reverse=True)))
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda given: told.append(given.exc_type))
    writing = opened(tmp_path)
    writing.write(add=lines(':peru rdfs:label "Peru"@nl .'))
    with pytest.raises(StoreUnavailable, match="stopped following"):
        writing.found("japan")
    assert told == [NotSound]
    writing.index.close()


def test_after_trouble_with_the_disk_the_index_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release(tmp_path, RELEASE)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "full"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tradegraph.search.written._PAUSE_S", 0.1)
    trouble, attempts = threading.Event(), []

    def state() -> tuple[int, list[bytes]]:
        attempts.append(1)
        if len(attempts) == 1:
            trouble.set()
            raise OSError("no space left on the disk")
        return 1, lines(':peru rdfs:label "Peru"@nl .')

    index = WrittenIndex(tmp_path / "search.sqlite", tmp_path / "dataset.nq", time_limit_s=60)
    (tmp_path / "full").mkdir()
    index.start(1, state)
    assert [hit.iri for hit in index.find("peru")] == [HOME + "peru"]
    assert trouble.is_set()
    assert "made anew" in capsys.readouterr().err
    index.close()
    assert list((tmp_path / "full").iterdir()) == [], "nothing is left behind"


NL, EN, PLAIN, LOCAL = "@nl", "@en", "", "@nl-BE"
PREDICATES = [
    f"<{PREFIXES['rdfs']}label>",
    f"<{PREFIXES['skos']}altLabel>",
    f"<{PREFIXES['dct']}description>",
    f"<{PREFIXES['tg']}locator>",
    f"<{PREFIXES['tg']}curationNote>",
    "<https://e.org/unheardOf>",
]
TEXTS = ["handel", "handelsmissie", "naar Japan", "paneel", "Follow-up", "een  twee", "Bijlage"]
THINGS = [f"<{HOME}{name}>" for name in ("japan", "kenya", "passage", "answer", "new", "newer")]
CLASSES = [f"<{PREFIXES['tg']}Mission>", "<https://e.org/Journey>", "<https://e.org/other/Mission>"]
QUESTIONS = [
    "handel",
    "missie",
    "handelsmissie",
    "paneel",
    "jap*",
    '"een twee"',
    "followup",
    "missie japan",
    "ammoniak",
]
said = st.builds(
    "{} {} {} ".format,
    st.sampled_from(THINGS),
    st.sampled_from(PREDICATES),
    st.builds('"{}"{}'.format, st.sampled_from(TEXTS), st.sampled_from([NL, NL, EN, PLAIN, LOCAL])),
)
typed = st.builds(f"{{}} <{PREFIXES['rdf']}type> {{}} ".format, st.sampled_from(THINGS), st.sampled_from(CLASSES))
stated = st.builds(
    f"{{}} <{PREFIXES['tg']}statedIn> {{}} ".format, st.sampled_from(THINGS), st.sampled_from(THINGS[2:5])
)
arranged = st.builds(
    f"{{}} <{PREFIXES['rdfs']}subClassOf> {{}} ".format, st.sampled_from(CLASSES), st.sampled_from(CLASSES)
) | st.builds(f'{{}} <{PREFIXES["tg"]}frontDoor> "true" '.format, st.sampled_from(CLASSES))
moved = st.builds(f'<{HOME}passage> <{PREFIXES["tg"]}locator> "Bijlage {{}}"@nl '.format, st.integers(1, 3))
written_line = st.builds(
    "{}{}.\n".format, said | said | typed | stated | arranged | moved, st.sampled_from(["", "<urn:one> ", "<urn:two> "])
).map(str.encode)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    release(folder, RELEASE + ':panel rdfs:label "zonnepaneel"@nl . :sun dct:description "de zonne"@nl .')
    return folder


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(written_line, min_size=4, max_size=16), min_size=1, max_size=3))
def test_after_any_writes_the_same_is_found_as_in_an_index_of_everything(
    released: Path, index_of: IndexOf, tmp_path: Path, writes: list[set[bytes]]
) -> None:
    writing = opened(released)
    try:
        for write in [*writes, *reversed(writes)]:
            # What is there goes and what is not comes: in the end, all writes have been undone.
            writing.write(add=write - writing.written, remove=write & writing.written)
            check(writing, tmp_path)
        assert writing.written == set()
    finally:
        writing.index.close()


def check(writing: Writing, folder: Path) -> None:
    """Compare with an index that is built from scratch."""
    store = Store()
    store.extend(parse((writing.folder / "dataset.nq").read_bytes(), format=RdfFormat.N_QUADS))
    store.extend(parse(b"".join(writing.written), format=RdfFormat.N_QUADS))
    build_index(store, folder / "all.sqlite")
    with Index.open(folder / "all.sqlite", time_limit_s=60) as everything:
        assert writing.index.kinds == everything.kinds
        for text in QUESTIONS:
            for language in LANGUAGES:
                found, expected = writing.index.find(text, language), everything.find(text, language)
                shown = [
                    {(hit.iri, hit.kind, hit.label, int(hit.score), hit.snippet) for hit in one}
                    for one in (found, expected)
                ]
                assert shown[0] == shown[1], (text, language)
                assert len(found) == len(expected)
            for kind in everything.kinds:
                hits = writing.index.find(text, kinds=[kind]), everything.find(text, kinds=[kind])
                assert {hit.iri for hit in hits[0]} == {hit.iri for hit in hits[1]}


def test_what_comes_and_goes_leaves_the_tables_of_the_index_sound(released: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_bytes((released / "search.sqlite").read_bytes())
    some, more = lines(':japan skos:altLabel "zonne"@nl .'), lines(':peru rdfs:label "Peru, paneel"@nl , "Peru"@en .')
    with Original(released / "dataset.nq") as original:
        copy = LiveCopy(tmp_path / "copy.sqlite", original, original.outline())
        copy.take([((), some), ((), more), (some, ())])
        copy.take([((), some), (more, ())])
        copy.take([(some, ())])
        copy.close()
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        for language in LANGUAGES:
            table = f"words_{language}"
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            rows = f"SELECT COUNT(*) FROM {table}_docsize"
            written = "SELECT COUNT(*) FROM things WHERE language = ?"
            assert connection.execute(rows).fetchone() == connection.execute(written, (language,)).fetchone()
        assert connection.execute("SELECT * FROM superseded").fetchall() == []


def test_the_original_says_of_each_thing_what_the_dataset_does(release_dataset: Store, tmp_path: Path) -> None:
    (tmp_path / "dataset.nq").write_bytes(b"".join(lines_of(release_dataset)))
    by_thing: dict[str, set[Quad]] = {}
    with Original(tmp_path / "dataset.nq") as original:
        for quad in release_dataset:
            thing = subject_of(quad)
            if thing is not None and quad.predicate.value in PROPERTIES:
                by_thing.setdefault(thing, set()).add(quad)
        assert len(by_thing) > 1_000
        for thing, quads in by_thing.items():
            assert set(original.quads_of(thing)) == quads
        for nothing in ("a:", "https://w3id.org/tradegraph/id/territory/be", "zzz:zzz"):
            assert list(original.quads_of(nothing)) == []


def test_of_an_empty_dataset_nothing_is_said(tmp_path: Path) -> None:
    release(tmp_path, "")
    writing = opened(tmp_path)
    assert writing.found("peru") == []
    writing.write(add=lines(':peru rdfs:label "Peru"@nl . :peru tg:statedIn :p . :p tg:locator "par. 1"@nl .'))
    assert writing.found("peru") == ["peru"]
    writing.index.close()


def test_a_folder_that_a_killed_process_left_is_removed_by_the_next_and_one_in_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program = (
        "import os, signal, sys, tempfile\n"
        "from tradegraph.search.scratch import scratch_folder\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "with scratch_folder() as folder:\n"
        "    (folder / 'some').write_text('thing')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -signal.SIGKILL
    [left] = tmp_path.iterdir()
    with scratch_folder() as first:
        assert not left.exists()
        with scratch_folder() as second:
            assert sorted(tmp_path.iterdir()) == sorted([first, second])
    assert list(tmp_path.iterdir()) == []
