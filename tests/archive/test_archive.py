"""The static copy of a site: every link of every page leads to a file that is there."""

import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask, Response

from tradegraph.errors import NotFound, NotSound
from tradegraph.namespaces import ID
from tradegraph.web.archive import CHECKSUMS, copy_site

THINGS = [ID + "mission/oslo"]


def small_site(broken: bool = False) -> Flask:
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

    return app


def test_every_link_of_every_page_leads_to_a_file(tmp_path: Path) -> None:
    copied = copy_site(small_site(), THINGS, tmp_path / "site")
    pages = list((tmp_path / "site").rglob("*.html"))
    links = [(page, href) for page in pages for href in re.findall(r'(?:href|action|src)="([^"#]+)', page.read_text())]
    assert copied.pages == 6
    assert len(links) > 15
    for page, href in links:
        folder = page.parent.relative_to(tmp_path / "site").as_posix()
        assert (tmp_path / "site" / posixpath.normpath(posixpath.join(folder, unquote(href)))).is_file(), (page, href)


def test_an_identity_leads_to_the_page_of_the_thing(tmp_path: Path) -> None:
    copy_site(small_site(), THINGS, tmp_path / "site")
    assert 'url=../../nl/mission/oslo.html"' in (tmp_path / "site" / "id" / "mission" / "oslo.html").read_text()
    assert 'href="mission/oslo.html"' in (tmp_path / "site" / "nl" / "index.html").read_text()


def test_the_copy_is_the_same_twice_and_its_checksums_are_right(tmp_path: Path) -> None:
    for name in ("one", "two"):
        copy_site(small_site(), THINGS, tmp_path / name)
    listed = (tmp_path / "one" / CHECKSUMS).read_text()
    assert listed == (tmp_path / "two" / CHECKSUMS).read_text()
    for line in listed.splitlines():
        digest, file = line.split("  ")
        assert hashlib.sha256((tmp_path / "one" / file).read_bytes()).hexdigest() == digest


def test_a_page_that_leads_nowhere_stops_the_copy_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(NotSound, match="/nl/mission/lost: the site answers 404 to a link of its own"):
        copy_site(small_site(broken=True), THINGS, tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(NotFound, match="there is something here already"):
        copy_site(small_site(), THINGS, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
