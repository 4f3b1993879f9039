"""The address of a question about connections: read with care, and written in one canonical way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from tradegraph.explore.connections import EdgeIndex, Question
from tradegraph.explore.connections.search import MOST_STEPS
from tradegraph.explore.kinds import KINDS
from tradegraph.namespaces import ID
from tradegraph.web.frame import check_parameters
from tradegraph.web.problems import RequestError

DEFAULT_STEPS: Final = 4
ENDS: Final = ("from", "to", "via", "without")
SEVERAL: Final = ("kinds", "relations", "without")
"""Parameters with several values: a form repeats them, the canonical address has them with commas between."""
PARAMETERS: Final = (
    *("from", "hubs", "kinds", "max", "mentions", "page", "relations"),
    *("shape", "since", "to", "until", "via", "without"),
)
KEY: Final = re.compile(r"[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+")
_LONGEST: Final = 300


@dataclass(frozen=True)
class Asked:
    """What an address asks, each parameter as written: ends are keys (`territory/idn`) or words to search for."""

    ends: Mapping[str, str]
    without: tuple[str, ...] = ()
    steps: int = DEFAULT_STEPS
    kinds: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    hubs: bool = False
    mentions: bool = False
    shape: tuple[str, ...] | None = None
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters in canonical order, those with default values left out."""
        written = {
            "from": self.ends.get("from", ""),
            "hubs": "1" if self.hubs else "",
            "kinds": ",".join(self.kinds),
            "max": str(self.steps) if self.steps != DEFAULT_STEPS else "",
            "mentions": "1" if self.mentions else "",
            "page": str(self.page) if self.page > 1 else "",
            "relations": ",".join(self.relations),
            "shape": "" if self.shape is None else ".".join(self.shape) or "direct",
            "since": "" if self.since is None else str(self.since),
            "to": self.ends.get("to", ""),
            "until": "" if self.until is None else str(self.until),
            "via": self.ends.get("via", ""),
            "without": ",".join(self.without),
        }
        return [(name, value) for name, value in written.items() if value]

    def query(self, **changes: Any) -> str:
        """Return the query string of this question with some of its fields changed, from its first page."""
        fields: dict[str, Any] = {"page": 1, **changes}
        return urlencode(replace(self, **fields).pairs(), safe="/,")

    @property
    def filtered(self) -> bool:
        """Whether any filter makes the answer smaller."""
        narrowed = (self.ends.get("via"), self.without, self.kinds, self.relations, self.since, self.until, self.shape)
        return any(narrowed)

    def question(self, index: EdgeIndex) -> Question:
        """Return the question; its ends must be keys."""
        relations = relation_names(index)
        return Question(
            ID + self.ends["from"],
            ID + self.ends["to"],
            self.steps,
            ID + self.ends["via"] if self.ends.get("via") else "",
            tuple(ID + key for key in self.without),
            self.kinds or None,
            tuple(relations[name] for name in self.relations) or None,
            self.since,
            self.until,
            self.hubs,
            self.mentions,
            self.shape,
        )


def relation_names(index: EdgeIndex) -> dict[str, str]:
    """Return the relations of the release: the name in an address (`ledBy`) → IRI."""
    return {re.split(r"[/#]", iri)[-1]: iri for iri in index.properties}


def read_asked(given: MultiDict[str, str], index: EdgeIndex) -> Asked:
    """Read the parameters of an address; RequestError 400 says what is known where something is not."""
    once = MultiDict(
        [
            (name, ",".join(values) if name in SEVERAL else value)
            for name, values in given.lists()
            for value in (values[:1] if name in SEVERAL else values)
        ]
    )
    check_parameters(once, PARAMETERS)
    ends = {name: once.get(name, "").strip() for name in ("from", "to", "via")}
    for name, value in ends.items():
        if len(value) > _LONGEST:
            raise RequestError(400, f"{name} is longer than {_LONGEST} characters.", "Give fewer words.")
    without = _several(once, "without")
    for key in without:
        if not KEY.fullmatch(key):
            raise RequestError(400, f"without={key} is no key.", "Give kind/key, such as territory/nld.")
    return Asked(
        {name: value for name, value in ends.items() if value},
        without,
        _whole(once, "max", 1, MOST_STEPS) or DEFAULT_STEPS,
        _known(once, "kinds", [kind for kind in KINDS if kind in index.kinds]),
        _known(once, "relations", sorted(relation_names(index))),
        _whole(once, "since", 1, 9999),
        _whole(once, "until", 1, 9999),
        _switch(once, "hubs"),
        _switch(once, "mentions"),
        _shape(once.get("shape", ""), index),
        _whole(once, "page", 1, 999_999) or 1,
    )


def is_canonical(given: MultiDict[str, str], asked: Asked) -> bool:
    """Say whether an address is written as it should be, in whatever order."""
    return sorted((name, value) for name, values in given.lists() for value in values) == asked.pairs()


def _several(given: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in given.get(name, "").split(",") if one.strip()))


def _known(given: MultiDict[str, str], name: str, known: list[str]) -> tuple[str, ...]:
    values = _several(given, name)
    for value in values:
        if value not in known:
            raise RequestError(400, f"{name}={value} is not here.", f"There are: {', '.join(known)}.")
    return tuple(one for one in known if one in values)


def _shape(text: str, index: EdgeIndex) -> tuple[str, ...] | None:
    if not text:
        return None
    if text == "direct":
        return ()
    kinds = tuple(text.split("."))
    for kind in kinds:
        if kind not in index.kinds:
            raise RequestError(400, f"shape={text} is not known.", "Give kinds with points between, such as mission.")
    return kinds


def _whole(given: MultiDict[str, str], name: str, least: int, most: int) -> int | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise RequestError(400, f"{name}={text} cannot be used.", f"Give a whole number from {least} to {most}.")
    return int(text)


def _switch(given: MultiDict[str, str], name: str) -> bool:
    text = given.get(name, "")
    if text not in ("", "0", "1"):
        raise RequestError(400, f"{name}={text} cannot be used.", "Give 1, or leave it out.")
    return text == "1"
