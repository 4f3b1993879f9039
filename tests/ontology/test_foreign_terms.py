"""Terms of other vocabularies: only those we decided on, spelled as published, never redefined (rules 6 and 7)."""

import json
import re

from pyoxigraph import Literal, NamedNode

from ontology.own_terms import (
    all_files,
    core_files,
    is_own,
    listed_foreign_terms,
    prefixed_names,
    read,
    triples,
    vocabulary_files,
)
from tradegraph.files import Project
from tradegraph.namespaces import BASE, PREFIXES


def test_every_foreign_term_in_our_turtle_is_on_the_list(project: Project) -> None:
    listed = listed_foreign_terms(project)
    namespaces = _vocabularies(listed)
    used = set()
    files = [*all_files(project), *(read(path) for path in project.shape_files)]
    for subject, predicate, value in triples(files):
        used |= {subject, predicate}
        used |= {value.datatype.value} if isinstance(value, Literal) else {value.value}
        if predicate == PREFIXES["rdf"] + "type":
            assert value.value in listed or is_own(value.value), f"{value.value} is used as a class"
        assert predicate in listed or is_own(predicate), f"{predicate} is used as a property"
    assert sorted(iri for iri in used if iri.startswith(namespaces) and iri not in listed.union(namespaces)) == []


def test_every_foreign_term_in_the_table_metadata_is_on_the_list(project: Project) -> None:
    metadata = json.loads(project.metadata.read_text(encoding="utf-8"))
    columns = [column for table in metadata["tables"] for column in table["tableSchema"]["columns"]]
    used = {column["propertyUrl"] for column in columns if "propertyUrl" in column}
    used |= {
        column["valueUrl"]
        for column in columns
        if column.get("propertyUrl") == PREFIXES["rdf"] + "type" and "{" not in column["valueUrl"]
    }
    assert len(used) > 100
    assert sorted(iri for iri in used if not is_own(iri) and iri not in listed_foreign_terms(project)) == []


def test_every_foreign_term_in_a_query_is_on_the_list(project: Project) -> None:
    listed = listed_foreign_terms(project)
    wrong = []
    for path in sorted((project.root / "queries").rglob("*.rq")):
        text = path.read_text(encoding="utf-8")
        for prefix, namespace in re.findall(r"(?im)^\s*PREFIX\s+([\w-]+):\s*<([^>]+)>", text):
            body = re.sub(r"(?im)^\s*PREFIX.*$", "", text)
            names = set() if is_own(namespace) else prefixed_names(body, prefix)
            wrong += [(path.name, f"{prefix}:{name}") for name in names if namespace + name not in listed]
    assert sorted(wrong) == []


def test_the_list_of_foreign_terms_is_sorted_and_says_where_each_was_checked(project: Project) -> None:
    lines = (project.root / "ontology" / "external-terms.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "term,label,mark,source"
    found = [line.split(",")[0] for line in lines[1:]]
    assert found == sorted(set(found))
    assert all(re.search(r",[NRFPX],\S", line) for line in lines[1:])


def test_we_say_nothing_about_terms_that_are_not_ours(project: Project) -> None:
    files = [*core_files(project), *vocabulary_files(project)]
    assert sorted({subject for subject, _, _ in triples(files) if not subject.startswith(BASE)}) == []


def test_alignments_speak_of_our_terms_and_reach_only_listed_ones(project: Project) -> None:
    for file in all_files(project):
        if file.path.parent.name == "alignments":
            assert all(is_own(subject) for subject, _, _ in triples([file])), file.path.name
            assert any(isinstance(o, NamedNode) and not is_own(o.value) for _, _, o in triples([file])), file.path.name


def test_every_file_gives_a_prefix_the_same_namespace_as_the_table_of_prefixes(project: Project) -> None:
    files = [path for folder in ("ontology", "shapes") for path in sorted((project.root / folder).rglob("*.ttl"))]
    files += sorted((project.root / "queries").rglob("*.rq"))
    wrong = []
    for path in files:
        pairs = re.findall(r"(?im)^\s*@?PREFIX\s+([\w-]+):\s*<([^>]+)>", path.read_text(encoding="utf-8"))
        wrong += [(path.name, prefix) for prefix, namespace in pairs if PREFIXES.get(prefix) != namespace]
    assert wrong == []


def test_schema_org_is_written_with_https_everywhere(project: Project) -> None:
    folders = ("ontology", "shapes", "queries", "data", "src")
    suffixes = {".ttl", ".rq", ".json", ".csv", ".py"}
    paths = [path for name in folders for path in (project.root / name).rglob("*") if path.suffix in suffixes]
    assert [path.name for path in paths if "http://schema.org/" in path.read_text(encoding="utf-8")] == []


def _vocabularies(listed: set[str]) -> tuple[str, ...]:
    """Namespaces of which every used IRI must be listed: those of the list itself and of the table of prefixes."""
    from_list = {re.sub(r"[^/#]*$", "", iri) for iri in listed}
    return tuple(from_list | {namespace for namespace in PREFIXES.values() if not is_own(namespace)})
