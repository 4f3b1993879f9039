"""Connections as files: JSON for programs, JSON-LD with the relations themselves, CSV with a row for each step."""

import csv
import io
import json
from collections.abc import Mapping

from tradegraph.explore.connections import Answer, Path, Relation
from tradegraph.explore.kinds import kind_of
from tradegraph.explore.names import Name
from tradegraph.graph.edges import MENTIONED_IN
from tradegraph.namespaces import PREFIXES, shrink
from tradegraph.web.explorer.connections_view import Viewer

COLUMNS = (
    *("path", "step", "from", "from_iri", "relation", "to", "to_iri", "property", "property_direction", "modality"),
    *("since", "until", "passages", "record", "rule", "sentence"),
)


def document(viewer: Viewer, release: str) -> dict[str, object]:
    """Return an answer as the JSON that pages and the API give; docs/connections.md describes every member."""
    answer = viewer.answer
    question = answer.question
    return {
        "release": release,
        "lang": viewer.language,
        "question": {
            "from": question.start,
            "to": question.end,
            "max": question.steps,
            "via": question.via or None,
            "without": list(question.without),
            "kinds": None if question.stops is None else list(question.stops),
            "relations": None if question.properties is None else list(question.properties),
            "since": question.since,
            "until": question.until,
            "hubs": question.hubs,
            "mentions": question.mentions,
            "shape": None if question.shape is None else list(question.shape),
        },
        "connected": bool(answer.total),
        "total": answer.total,
        "complete": answer.complete,
        "complete_to": answer.complete_to,
        "first": answer.first,
        "shown": len(answer.paths),
        "pages": answer.pages,
        "groups": [
            {
                "shape": list(group.shape),
                "total": group.total,
                "paths": [_path(viewer, path) for path in group.paths],
            }
            for group in answer.groups
        ],
        "nearest": {"from": list(answer.nearest[0]), "to": list(answer.nearest[1])},
    }


def _path(viewer: Viewer, path: Path) -> dict[str, object]:
    return {
        "rank": path.rank,
        "sentence": viewer.sentence(path),
        "length": len(path.steps),
        "evidence": path.evidence,
        "rarity": path.rarity,
        "newest": path.newest or None,
        "steps": [
            {
                "from": _thing(step.start, viewer.names),
                "to": _thing(step.end, viewer.names),
                "relations": [_relation(viewer, relation) for relation in step.relations],
            }
            for step in path.steps
        ],
    }


def _thing(thing: str, names: Mapping[str, Name]) -> dict[str, object]:
    return {"iri": thing, "label": names[thing].text, "kind": kind_of(thing).key}


def _relation(viewer: Viewer, relation: Relation) -> dict[str, object]:
    edge = relation.edge
    return {
        "property": edge.property,
        "words": viewer.speaker.words(edge.property, forward=relation.forward),
        "direction": "forward" if relation.forward else "backward",
        "named_together_only": relation.is_mention,
        "since": edge.since or None,
        "until": edge.until or None,
        "modality": edge.modality or None,
        "passages": list(edge.passages),
        "evidence": list(edge.evidence),
        "record": relation.record,
        "rule": relation.rule or None,
    }


def as_json(viewer: Viewer, release: str) -> bytes:
    """Return the answer as JSON."""
    return json.dumps(document(viewer, release), ensure_ascii=False, indent=1).encode() + b"\n"


def as_csv(viewer: Viewer) -> bytes:
    """Return a row for each relation of each step: UTF-8 with commas; several passages have spaces between."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for path in viewer.answer.paths:
        sentence = viewer.sentence(path)
        for number, step in enumerate(path.steps, 1):
            for relation in step.relations:
                edge = relation.edge
                table.writerow(
                    (
                        path.rank,
                        number,
                        viewer.names[step.start].text,
                        step.start,
                        viewer.speaker.words(edge.property, forward=relation.forward),
                        viewer.names[step.end].text,
                        step.end,
                        edge.property,
                        "forward" if relation.forward else "backward",
                        edge.modality,
                        edge.since or "",
                        edge.until or "",
                        " ".join(edge.passages),
                        relation.record,
                        relation.rule,
                        sentence,
                    )
                )
    return written.getvalue().encode()


def as_jsonld(viewer: Viewer) -> bytes:
    """Return the relations of the paths, direct and as records with their passages: RDF that the release holds."""
    names = ("rdf", "rdfs", "tg", "org")
    nodes: dict[str, dict[str, object]] = {}
    for path in viewer.answer.paths:
        for step in path.steps:
            for relation in step.relations:
                _add(nodes, relation)
    for thing, node in nodes.items():
        name = viewer.names.get(thing)
        if name is not None and "rdf:subject" not in node:
            node["rdfs:label"] = {"@value": name.text, "@language": name.language or viewer.language}
    context = {prefix: PREFIXES[prefix] for prefix in names}
    return json.dumps({"@context": context, "@graph": list(nodes.values())}, ensure_ascii=False, indent=1).encode()


def _add(nodes: dict[str, dict[str, object]], relation: Relation) -> None:
    edge = relation.edge
    subject = nodes.setdefault(edge.subject, {"@id": edge.subject})
    nodes.setdefault(edge.object, {"@id": edge.object})
    values = subject.setdefault(shrink(edge.property), [])
    value = {"@id": edge.object}
    if isinstance(values, list) and value not in values:
        values.append(value)
    if relation.rule:
        nodes[relation.record] = {
            "@id": relation.record,
            "@type": "tg:DerivedRelation",
            "rdf:subject": {"@id": edge.subject},
            "rdf:predicate": {"@id": edge.property},
            "rdf:object": {"@id": edge.object},
            "tg:byRule": {"@id": relation.rule},
            "tg:derivedFromEvidence": [{"@id": one} for one in edge.evidence],
            "tg:statedIn": [{"@id": one} for one in edge.passages],
        }
    elif edge.property != MENTIONED_IN:
        subject["tg:statedIn"] = [{"@id": one} for one in edge.passages]


def complete_in_file(answer: Answer) -> bool:
    """Say whether a file with this answer has every path that was asked for."""
    return answer.complete and len(answer.paths) == answer.total
