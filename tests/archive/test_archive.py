"""The static copy of a site: every link of every page leads to a file that is there."""

import functools
import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from archive.small_site import small_site
from tradegraph.errors import NotFound, NotSound
from tradegraph.namespaces import ID
from tradegraph.web.archive import CHECKSUMS, copy_site

THINGS = [ID + "mission/oslo"]


def test_every_link_of_every_page_leads_to_a_file(tmp_path: Path) -> None:
    copied = copy_site(small_site, THINGS, tmp_path / "site")
    pages = list((tmp_path / "site").rglob("*.html"))
    links = [(page, href) for page in pages for href in re.findall(r'(?:href|action|src)="([^"#]+)', page.read_text())]
    assert copied.pages == 6
    assert len(links) > 15
    for page, href in links:
        folder = page.parent.relative_to(tmp_path / "site").as_posix()
        assert (tmp_path / "site" / posixpath.normpath(posixpath.join(folder, unquote(href)))).is_file(), (page, href)


def test_an_identity_leads_to_the_page_of_the_thing(tmp_path: Path) -> None:
    copy_site(small_site, THINGS, tmp_path / "site")
    assert 'url=../../nl/mission/oslo.html"' in (tmp_path / "site" / "id" / "mission" / "oslo.html").read_text()
    assert 'href="mission/oslo.html"' in (tmp_path / "site" / "nl" / "index.html").read_text()


def test_the_copy_is_the_same_twice_and_its_checksums_are_right(tmp_path: Path) -> None:
    for name in ("one", "two"):
        copy_site(small_site, THINGS, tmp_path / name)
    listed = (tmp_path / "one" / CHECKSUMS).read_text()
    assert listed == (tmp_path / "two" / CHECKSUMS).read_text()
    for line in listed.splitlines():
        digest, file = line.split("  ")
        assert hashlib.sha256((tmp_path / "one" / file).read_bytes()).hexdigest() == digest


def test_a_page_that_leads_nowhere_stops_the_copy_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(NotSound, match="/nl/mission/lost: the site answers 404 to a link of its own"):
        copy_site(functools.partial(small_site, broken=True), THINGS, tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(NotFound, match="there is something here already"):
        copy_site(small_site, THINGS, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
