"""Writing over HTTP: SPARQL Update, the Graph Store, the history, and who may do what.

Only there where the operator has turned it on (`tradegraph serve --writable`): without, nothing here is registered.
"""

from flask import Flask

from tradegraph.web.writing import history, history_dataset, history_sparql, store, update
from tradegraph.web.writing.desk import Desk, WritingOptions, open_desk
from tradegraph.web.writing.gate import Gate

__all__ = ["Desk", "Gate", "WritingOptions", "open_desk", "register"]


def register(app: Flask, desk: Desk) -> None:
    """Register the routes of writing."""
    app.before_request(desk.gate.before)
    app.after_request(desk.gate.after)
    for part in (update, store, history, history_dataset, history_sparql):
        app.register_blueprint(part.blueprint(desk))
