"""A page as a tree that tests can ask with simple CSS selectors: `nav.tabs a[href^=/nl/]`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_STEP = re.compile(r"([\w-]*)((?:\.[\w-]+)*)((?:\[[^\]]+\])*)")
_TEST = re.compile(r"\[([\w-]+)(?:(\^?=)([^\]]*))?\]")


@dataclass
class Node:
    """An element: its name, attributes and content."""

    tag: str
    attributes: dict[str, str]
    parent: "Node | None" = None
    content: list["Node | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        return " ".join("".join(self._texts()).split())

    def all(self, selector: str) -> list["Node"]:
        """Return the elements below this one that match, in their order on the page."""
        steps = selector.split()
        return [one for one in self._below() if one._ends(steps, self)]

    def one(self, selector: str) -> "Node":
        """Return the only element that matches."""
        (found,) = self.all(selector)
        return found

    def values(self, selector: str, name: str) -> list[str]:
        """Return an attribute of each element that matches and has it."""
        return [one.attributes[name] for one in self.all(selector) if name in one.attributes]

    def texts(self, selector: str) -> list[str]:
        return [one.text for one in self.all(selector)]

    def inside(self, tag: str) -> "Node":
        """Return the nearest element around this one with that name."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        assert around is not None, tag
        return around

    def _texts(self) -> Iterator[str]:
        for one in self.content:
            if isinstance(one, str):
                yield one
            else:
                yield from one._texts()

    def _below(self) -> Iterator["Node"]:
        for one in self.content:
            if isinstance(one, Node):
                yield one
                yield from one._below()

    def _ends(self, steps: list[str], top: "Node") -> bool:
        if not self._is(steps[-1]):
            return False
        around, left = self.parent, steps[:-1]
        while left and around is not None and around is not top:
            if around._is(left[-1]):
                left = left[:-1]
            around = around.parent
        return not left

    def _is(self, step: str) -> bool:
        match = _STEP.fullmatch(step)
        assert match, step
        tag, classes, tests = match.groups()
        own = self.get("class").split()
        if (tag and tag != self.tag) or any(one not in own for one in classes.split(".")[1:]):
            return False
        for name, how, value in _TEST.findall(tests):
            there = self.attributes.get(name)
            if there is None or (how == "=" and there != value) or (how == "^=" and not there.startswith(value)):
                return False
        return True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Node("", {})
        self.at = self.top

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.content.append(node)
        if tag not in _VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.content.append(Node(tag, {name: value or "" for name, value in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
            self.at = self.at.parent or self.top

    def handle_data(self, data: str) -> None:
        self.at.content.append(data)


def read(text: str) -> Node:
    """Return the tree of a page whose elements are all closed where they should be."""
    reader = _Reader()
    reader.feed(text)
    assert reader.at is reader.top, reader.at.tag
    return reader.top
