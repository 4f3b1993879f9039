"""Values for the parameters of stored questions, as an address gives them: typed, and there in the release."""

import difflib
import re
from typing import Final

import pyoxigraph as ox
from werkzeug.datastructures import MultiDict

from tradegraph.errors import QueryRefused
from tradegraph.explore import describe
from tradegraph.explore.reading import Reader
from tradegraph.explore.stored import Value, value_of
from tradegraph.namespaces import ID
from tradegraph.queries import Parameter, StoredQuery
from tradegraph.web.problems import RequestError

_SHORT: Final = re.compile(r"[A-Za-z0-9._~-]+")
_IRI: Final = r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(#[A-Za-z0-9._~-]*)?"
_KEY: Final = r"[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+"
IRI_PATTERN: Final = f"^({_KEY}|{_IRI})$"
"""What the value of an IRI parameter looks like: `territory/idn`, or a whole IRI."""
KEY_PATTERN: Final = f"^({_KEY}|[A-Za-z0-9._~-]+|{_IRI})$"
"""The same where the kind goes without saying: `idn` too."""


def kind_of_default(parameter: Parameter) -> str:
    """Return the kind of things that a parameter is about: the folder of its default; empty for other IRIs."""
    return parameter.default.removeprefix(ID).partition("/")[0] if parameter.default.startswith(ID) else ""


def short(parameter: Parameter, text: str) -> str:
    """Return a value as an address shows it: without what goes without saying."""
    kind = kind_of_default(parameter)
    key = text.removeprefix(ID)
    return key.removeprefix(f"{kind}/") if parameter.type == "iri" and kind else key


def read_values(given: MultiDict[str, str], query: StoredQuery, reader: Reader) -> dict[str, Value]:
    """Return the values that `given` has for the parameters of a query; those it has not keep their defaults.

    `country=idn` is short for `territory/idn` where the default is a territory. RequestError 400 for what is not of
    the parameter's type, 404 for a thing that the release does not have, with those that may have been meant.
    """
    return {
        one.name: _value(one, text, reader) for one in query.parameters if (text := (given.get(one.name) or "").strip())
    }


def _value(parameter: Parameter, text: str, reader: Reader) -> Value:
    kind = kind_of_default(parameter) if parameter.type == "iri" else ""
    if kind and _SHORT.fullmatch(text):
        text = f"{kind}/{text}"
    try:
        value = value_of(parameter, text)
    except QueryRefused as error:
        raise RequestError(400, error.detail, error.remedy) from error
    if (
        isinstance(value, ox.NamedNode)
        and value.value != parameter.default
        and not describe.exists(reader, value.value)
    ):
        raise RequestError(
            404, f"This release does not have {parameter.name}={text}.", meant(value.value, kind, reader)
        )
    return value


def meant(iri: str, kind: str, reader: Reader) -> str:
    """Return a sentence on the things that may be meant by an IRI that the release does not have."""
    path = iri.removeprefix(ID)
    asked_kind, _, key = path.partition("/")
    near = [one.removeprefix(ID) for one in describe.suggest(reader, asked_kind, key)] if iri.startswith(ID) else []
    same_key = [one for one in near if one.endswith(f"/{key}") and one != path][:3]
    close = difflib.get_close_matches(path, [one for one in near if one.startswith(f"{asked_kind}/")], 3, 0.5)
    found = list(dict.fromkeys([*same_key, *close]))
    if found:
        return f"Did you mean {' or '.join(found)}?"
    return f"/api/things/{kind} lists what there is." if kind else "Give an IRI or kind/key, such as territory/idn."
