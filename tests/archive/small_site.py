"""A site to copy, in a module of its own so that other processes can open it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response


@contextmanager
def small_site(broken: bool = False) -> Iterator[Flask]:
    """A site with a few pages that lead to each other in each of the ways in which ours do."""
    app = Flask("small", static_folder=None)

    @app.get("/<any(nl, en):language>/")
    def home(language: str) -> str:
        return f'<html><head></head><a href="/{language}/mission/?page=2"> <a href="/id/mission/oslo">'

    @app.get("/<any(nl, en):language>/mission/")
    def missions(language: str) -> str:
        return f'<a href="/{language}/mission/oslo#facts"> <form action="/{language}/search"> <a href="?country=nor">'

    @app.get("/<any(nl, en):language>/mission/oslo")
    def mission(language: str) -> str:
        lost = '<a href="/nl/mission/lost">' if broken else ""
        return f'<link href="/static/page.css"> <a href="/doc/mission/oslo.ttl"> <a href="/{language}/"> {lost}'

    @app.get("/id/mission/oslo")
    def identity() -> Response:
        return Response(status=303, headers={"Location": "/nl/mission/oslo"})

    @app.get("/doc/mission/oslo.ttl")
    def turtle() -> Response:
        return Response("<a> <b> <c> .", mimetype="text/turtle")

    @app.get("/static/page.css")
    def css() -> Response:
        return Response("a { color: red; }", mimetype="text/css")

    @app.get("/context.jsonld")
    def context() -> Response:
        return Response("{}", mimetype="application/ld+json")

    yield app
