"""The terminals of SPARQL (SPARQL 1.1 Query Language, section 19.8) as far as reading without parsing needs them.

A scanner never refuses: what fits no terminal becomes a token of kind `other`, for the engine's parser to complain of.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_START: Final = _BASE + "_"
_NAME: Final = _NAME_START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

# The order is that of longest match where two terminals begin alike. The possessive and atomic forms keep the time
# linear: no text makes the scanner go back over what it has read.
_TOKEN: Final = re.compile(
    rf"""
      (?P<space>   [\x20\t\r\n]++ )
    | (?P<comment> \#[^\r\n]*+ )
    | (?P<iri>     <[^<>"{{}}|^`\\\x00-\x20]*+> )
    | (?P<string>  \"\"\"(?:\\.|"{{0,2}}+(?!")[^\\"]|"{{1,2}}(?=\\))*+\"\"\"
                 | '''(?:\\.|'{{0,2}}+(?!')[^\\']|'{{1,2}}(?=\\))*+'''
                 | "(?:[^"\\\r\n]|\\.)*+"
                 | '(?:[^'\\\r\n]|\\.)*+' )
    | (?P<variable> [?$][{_NAME_START}0-9][{_NAME}]*+ )
    | (?P<blank>   _:[{_NAME_START}0-9](?:[{_NAME}]|\.(?=[{_NAME}.]*[{_NAME}]))*+ )
    | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
    | (?P<pname>   (?:[{_BASE}](?:[{_NAME}\-]|\.(?=[{_NAME}\-.]*[{_NAME}\-:]))*+)?:
                   (?:(?:[{_NAME_START}0-9:]|{_ESCAPED})
                      (?:[{_NAME}\-:]|{_ESCAPED}|\.+(?=[{_NAME}\-:%\\]))*+)? )
    | (?P<number>  (?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)? )
    | (?P<word>    [A-Za-z][A-Za-z0-9_]*+ )
    | (?P<open>    [({{\[] )
    | (?P<close>   [)}}\]] )
    | (?P<operator> \|\| | && | \^\^ | != | <= | >= | [|^+\-*/!=<>] )
    | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A terminal: its `kind` (a group of the table above), its `text` as written, and where it begins (0-based)."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the terminals of `text` in order, without white space and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of `offset`, both counted from 1, columns in characters."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
