"""The endpoint over HTTP: `create_app` makes the WSGI application, `serve` runs it."""

from tradegraph.web.app import create_app
from tradegraph.web.server import serve

__all__ = ["create_app", "serve"]
