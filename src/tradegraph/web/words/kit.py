"""Words that every page may need: sources, tables, actions."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
