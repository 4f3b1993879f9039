"""The pages for people, put on an application in one go: what templates may use, query page, vocabulary."""

from flask import Flask

from tradegraph.files import Project
from tradegraph.queries import StoredQuery
from tradegraph.settings import Settings
from tradegraph.store import Release
from tradegraph.web import editor, frame, vocabulary
from tradegraph.web.answers import endpoint_runner
from tradegraph.web.examples import examples
from tradegraph.web.vocabulary import Vocabulary


def register(app: Flask, settings: Settings, release: Release, project: Project) -> None:
    """Register the pages, with the ontology and the questions of `project`; `/sparql` must be there or come.

    Raises NotSound for a file of the project that cannot be read.
    """
    words = Vocabulary.read(project, release)
    questions = examples(StoredQuery.read(path) for path in project.query_files("questions"))
    app.register_blueprint(frame.blueprint(release, words))
    app.register_blueprint(editor.blueprint(settings, release, questions, words, endpoint_runner(app)))
    app.register_blueprint(vocabulary.blueprint(words, release))
