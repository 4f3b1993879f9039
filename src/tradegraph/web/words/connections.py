"""Words of connections and the graph page."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
