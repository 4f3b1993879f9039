"""`tradegraph connect`."""

import json

import click
import pyoxigraph as ox

from tradegraph.cli.options import project_option, releases_option
from tradegraph.errors import QueryRefused
from tradegraph.explore.connections import Answer, EdgeIndex, Question, connect
from tradegraph.explore.connections.sentences import Speaker, read_templates
from tradegraph.explore.kinds import KINDS
from tradegraph.explore.names import Name
from tradegraph.files import Project
from tradegraph.graph.edges import EDGES_FILE
from tradegraph.languages import Language
from tradegraph.namespaces import ID
from tradegraph.release import ReleaseFolder
from tradegraph.release.edges import edges_file
from tradegraph.store import Asker, Release

_NAMES = """SELECT ?thing ?name {{ VALUES ?thing {{ {things} }}
    ?thing rdfs:label|skos:prefLabel ?name FILTER (LANG(?name) = "{language}") }}"""
_PREFIXES = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
)


@click.command("connect")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option(
    "--max", "steps", type=click.IntRange(1, 6), default=4, show_default=True, help="Steps of a path at most."
)
@click.option("--via", default="", help="A thing that must lie on the path.")
@click.option("--without", multiple=True, help="A thing that may not lie on the path; more than once for more.")
@click.option("--kinds", default="", help="Kinds to pass through, with commas between: mission,agreement.")
@click.option("--since", type=int, help="First year.")
@click.option("--until", type=int, help="Last year.")
@click.option("--hubs", is_flag=True, help="Also pass through things with very many relations.")
@click.option("--mentions", is_flag=True, help="Also count that a document names a thing.")
@click.option("--lang", "language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@click.option("--limit", type=click.IntRange(1, 500), default=12, show_default=True, help="Paths at most.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@project_option
@releases_option
def connect_command(
    start: str,
    end: str,
    steps: int,
    via: str,
    without: tuple[str, ...],
    kinds: str,
    since: int | None,
    until: int | None,
    hubs: bool,
    mentions: bool,
    language: Language,
    limit: int,
    form: str,
    project: Project,
    releases: ReleaseFolder,
) -> None:
    r"""Say what connects two things, in sentences with the passages of each step.

    Things are named by their keys. The search is that of the page and of /api/connections.

    \b
    tradegraph connect organisation/rvo territory/idn
    tradegraph connect organisation/rvo territory/idn --kinds mission --lang nl
    """
    chosen = tuple(kind for kind in kinds.split(",") if kind)
    if unknown := [kind for kind in chosen if kind not in KINDS]:
        raise QueryRefused(f"There is no kind {unknown[0]}.", f"There are: {', '.join(KINDS)}.")
    release = releases.current()
    asker = Asker.open(release.dataset)
    question = Question(
        *(ID + start, ID + end, steps, ID + via if via else "", tuple(ID + one for one in without)),
        stops=chosen or None,
        since=since,
        until=until,
        hubs=hubs,
        mentions=mentions,
    )
    answer = connect(_index(release, asker), question, size=limit, in_group=limit)
    _print(answer, _speaker(project, asker, answer, language), form)


def _index(release: Release, asker: Asker) -> EdgeIndex:
    path = release.directory / EDGES_FILE
    return EdgeIndex.open(path) if path.is_file() else EdgeIndex(edges_file(asker.store))


def _speaker(project: Project, asker: Asker, answer: Answer, language: Language) -> Speaker:
    things = {thing for path in answer.paths for thing in path.things}
    names = {}
    if things:
        # The IRIs are those of the index, none was typed.
        listed = " ".join(str(ox.NamedNode(thing)) for thing in sorted(things))
        for row in asker.rows(_PREFIXES + _NAMES.format(things=listed, language=language)):
            thing, name = row["thing"], row["name"]
            if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                names[thing.value] = Name(name.value)
    return Speaker(read_templates(project), names, language)


def _print(answer: Answer, speaker: Speaker, form: str) -> None:
    said = [(path, "".join(piece.text for piece in speaker.path(path))) for path in answer.paths]
    if form == "json":
        members = [
            {
                "rank": path.rank,
                "sentence": sentence,
                "steps": [
                    {
                        "from": step.start,
                        "property": step.first.edge.property,
                        "forward": step.first.forward,
                        "to": step.end,
                        "passages": list(step.first.edge.passages),
                    }
                    for step in path.steps
                ],
            }
            for path, sentence in said
        ]
        click.echo(json.dumps({"total": answer.total, "complete": answer.complete, "paths": members}, indent=2))
        return
    for path, sentence in said:
        click.echo(f"{path.rank}. {sentence}")
        for step in path.steps:
            passages = [passage.removeprefix(ID) for passage in step.first.edge.passages]
            shown = ", ".join(passages[:3]) + (f" and {len(passages) - 3} more" if len(passages) > 3 else "")
            click.echo(f"     {step.start.removeprefix(ID)} - {step.end.removeprefix(ID)}: {shown}")
    least = "" if answer.complete else "at least "
    click.echo(f"{len(said)} of {least}{answer.total} connections of at most {answer.question.steps} steps")
