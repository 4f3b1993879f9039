"""Hand-written Turtle has one form, so that a change shows as the lines that changed (rules 8 and 13, house style)."""

import re

from pyoxigraph import BlankNode, Literal, Store
from rdflib import Graph, URIRef
from rdflib import Literal as RdflibLiteral

from ontology.own_terms import TurtleFile, all_files
from tradegraph.files import Project
from tradegraph.namespaces import PREFIXES


def test_rdflib_and_pyoxigraph_read_the_same_number_of_triples(project: Project) -> None:
    for file in all_files(project):
        assert len(Graph().parse(data=file.text, format="turtle")) == len(set(file.triples)), file.path.name


def test_there_are_no_blank_nodes_so_that_everything_can_be_cited(project: Project, release_dataset: Store) -> None:
    in_files = [t for file in all_files(project) for t in file.triples]
    in_release = [quad for quad in release_dataset if BlankNode in {type(quad.subject), type(quad.object)}]
    assert [t for t in in_files if BlankNode in {type(t.subject), type(t.object)}] == []
    assert in_release == []


def test_prefixes_are_sorted_and_each_is_used(project: Project) -> None:
    for file in all_files(project):
        prefixes = re.findall(r"(?m)^@prefix ([\w-]+): ", file.text)
        body = re.sub(r"(?m)^@prefix.*$", "", file.text)
        assert prefixes == sorted(prefixes), file.path.name
        assert [name for name in prefixes if not re.search(rf"(?<![\w-]){name}:", body)] == [], file.path.name


def test_each_subject_has_one_block_and_no_line_is_ragged(project: Project) -> None:
    for file in all_files(project):
        subjects = [block.split("\n")[0] for block in _subject_blocks(file)]
        assert len(subjects) == len(set(subjects)), file.path.name
        assert len(subjects) == len({triple.subject for triple in file.triples}), file.path.name
        assert re.search(r"(?m)[ \t]+$|\t", file.text) is None, file.path.name
        assert file.text.endswith(" .\n"), file.path.name


def test_each_block_is_indented_by_four_and_says_first_what_its_subject_is(project: Project) -> None:
    for file in all_files(project):
        for block in _subject_blocks(file):
            lines = block.split("\n")
            assert all(re.match(r"( {4}| {8})\S", line) for line in lines[1:]), (file.path.name, lines[0])
            if re.search(r"(?m)^    a ", block):
                assert lines[1].startswith("    a "), (file.path.name, lines[0])


def test_english_comes_before_dutch(project: Project) -> None:
    for file in all_files(project):
        for block in _subject_blocks(file):
            for statement in re.split(r" ;\n", block):
                languages = re.findall(r'"@(en|nl)\b', statement)
                assert languages == sorted(languages), (file.path.name, statement)


def test_every_typed_literal_is_valid_for_its_datatype(project: Project, release_dataset: Store) -> None:
    found = {t.object for file in all_files(project) for t in file.triples if isinstance(t.object, Literal)}
    found |= {quad.object for quad in release_dataset if isinstance(quad.object, Literal)}
    untyped = {PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"}
    typed = [literal for literal in found if literal.datatype.value not in untyped]
    assert typed
    assert [
        literal for literal in typed if RdflibLiteral(literal.value, datatype=URIRef(literal.datatype.value)).ill_typed
    ] == []


def _subject_blocks(file: TurtleFile) -> list[str]:
    return [block for block in file.blocks if not block.startswith(("@prefix", "#"))]
