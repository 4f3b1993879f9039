"""What the pages are made of: vendored files, words, templates."""

import hashlib
import json
import re
from pathlib import Path

import pytest

import tradegraph.web
from tradegraph.web.words import WORDS

WEB = Path(tradegraph.web.__file__).parent
STATIC = WEB / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SCRIPTS = sorted([*STATIC.glob("*.mjs"), *STATIC.glob("*.js")])
LISTED = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))["files"]
LICENCES = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "OFL-1.1"}
TOOLS = Path(__file__).resolve().parent.parent.parent / "tools" / "vendor"


def test_the_parts_are_all_here() -> None:
    assert (len(LISTED), len(TEMPLATES), len(SCRIPTS)) == (7, 60, 18)


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_as_it_was_made(entry: dict[str, object]) -> None:
    content = (VENDOR / str(entry["file"])).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert len(content) == entry["bytes"]


def test_every_vendored_file_is_listed() -> None:
    present = {path.name for path in VENDOR.iterdir()}
    assert present == {entry["file"] for entry in LISTED} | {"vendor.json", "LICENSES.txt"}


def test_every_package_inside_has_a_permitted_licence_whose_text_is_here() -> None:
    texts = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    for package in [package for entry in LISTED for package in entry["packages"]]:
        assert package["licence"] in LICENCES
        assert f"{package['name']} {package['version']} ({package['licence']})" in texts


def test_the_versions_are_those_of_the_lock_file() -> None:
    locked = json.loads((TOOLS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for package in [package for entry in LISTED for package in entry["packages"]]:
        assert locked[f"node_modules/{package['name']}"]["version"] == package["version"]


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS, STATIC / "page.css"], ids=lambda path: path.name)
def test_what_a_part_loads_is_here(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"""(?:/static/|from "\./|url\()([\w./-]+\.\w+)""", text):
        assert (STATIC / name).is_file(), name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_script_style_or_handler_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\s(?:style|on\w+)=", text) == []
    assert re.findall(r"<style|<script(?![^>]*(?:src=|type=\"application/(?:ld\+)?json\"))", text) == []
    assert "| safe" not in text


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_writes_no_markup(path: Path) -> None:
    found = re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", path.read_text("utf-8")
    )
    assert found == []


def test_every_word_that_is_used_is_in_the_table_and_every_word_in_the_table_is_used() -> None:
    used: set[str] = set()
    for path in TEMPLATES:
        used |= set(re.findall(r"\bt\.(\w+)", path.read_text(encoding="utf-8")))
    for path in SCRIPTS:
        used |= {
            key
            for call in re.findall(r"word\(([^()]*)", path.read_text(encoding="utf-8"))
            for key in re.findall(r'"(\w+)"', call)
        }
        used |= set(re.findall(r'\["(vocabulary_\w+)"', path.read_text(encoding="utf-8")))
    for path in WEB.rglob("*.py"):
        used |= set(re.findall(r'\bsay\(\s*[\w.]+,\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert used == set(WORDS)


@pytest.mark.parametrize("key", WORDS)
def test_a_word_stands_in_both_languages_with_the_same_places_to_fill(key: str) -> None:
    words = WORDS[key]
    assert words.nl
    assert words.en
    assert sorted(re.findall(r"\{\w+\}", words.nl)) == sorted(re.findall(r"\{\w+\}", words.en))
