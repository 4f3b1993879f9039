"""Search inside SPARQL: each `SERVICE tg:search { … }` is run first and becomes a table of its answers.

    SERVICE tg:search { ?thing tg:query "offshore wind" ; tg:score ?score ; tg:snippet ?text ; tg:limit 50 . }

has the form of a federated query (SPARQL 1.1 Federated Query, section 2), as search has in other stores, but nothing is
called: `resolve` puts the answers in place of the block as inline data (SPARQL 1.1 Query Language, section 10.2), and
the engine sees plain SPARQL. The text is read by its terminals only, so a block is found wherever it stands.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Protocol

from tradegraph.errors import QueryError, QueryRefused
from tradegraph.search.blocks import DEFAULT_LIMIT, Block, blocks
from tradegraph.search.find import Hit
from tradegraph.search.words import Language
from tradegraph.sparql.tokens import position

MOST_BLOCKS: Final = 8
_TO_ESCAPE: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Searcher(Protocol):
    """Where to search: `Index`, or what does the same."""

    @property
    def kinds(self) -> Mapping[str, str]:
        """Local names of classes → IRIs."""
        ...

    def find(
        self, text: str, language: Language | None = None, kinds: Collection[str] = (), limit: int = 20
    ) -> Sequence[Hit]:
        """Return the best `limit` hits, the best first."""
        ...


def resolve(text: str, index: Searcher, prefixes: Mapping[str, str] | None = None) -> str:
    """Return the query `text` with the answers in place of each search block; without one, `text` itself.

    `prefixes` are those declared outside of the text. What follows a block stays in its line, and in its column too
    when the block takes more lines than one. Raises QuerySyntaxError, QueryRefused, QueryTimeout with line and column.
    """
    if "service" not in text.lower():
        return text
    pieces: list[str] = []
    done = 0
    for number, block in enumerate(blocks(text, prefixes or {})):
        if number == MOST_BLOCKS:
            raise QueryRefused(
                f"The query searches more than {MOST_BLOCKS} times.", "Search less often.", *position(text, block.start)
            )
        pieces += [text[done : block.start], _table(block, _hits(text, block, index))]
        pieces += [_padding(text[block.start : block.end - 1]), "}"]
        done = block.end
    return "".join([*pieces, text[done:]])


def _hits(text: str, block: Block, index: Searcher) -> Sequence[Hit]:
    names = {iri: name for name, iri in index.kinds.items()}
    for iri, start in block.kinds.items():
        if iri not in names:
            raise QueryRefused(
                f"Nothing that can be found is of class <{iri}>.",
                "Write another class, such as tg:Mission or tg:Passage.",
                *position(text, start),
            )
    try:
        kinds = [names[iri] for iri in block.kinds]
        return index.find(block.query or "", block.language, kinds, block.limit or DEFAULT_LIMIT)
    except QueryError as error:
        # The same error, now that it is known where the words stand.
        raise type(error)(error.detail, error.remedy, *position(text, block.query_start)) from error


def _table(block: Block, hits: Sequence[Hit]) -> str:
    """Return the answers as inline data, without the last bracket; without hits, a table of no rows."""
    columns = [name for name in (block.subject, block.score, block.snippet) if name is not None]
    rows = []
    for hit in hits:
        cells = [f"<{hit.iri}>"]
        if block.score is not None:
            cells.append(f"{hit.score:.4f}")
        if block.snippet is not None:
            cells.append(f'"{hit.snippet.text.translate(_TO_ESCAPE)}"@{hit.language}')
        rows.append(f"({' '.join(cells)})")
    return f"{{ VALUES ({' '.join(f'?{name}' for name in columns)}) {{ {' '.join(rows)} }} "


def _padding(replaced: str) -> str:
    """Return white space with as many lines as `replaced`, and its last as long: what follows keeps its place."""
    lines = replaced.split("\n")
    return "" if len(lines) == 1 else "\n" * (len(lines) - 1) + " " * len(lines[-1])
