"""Words of lists and search."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
