"""Words of the pages of things."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
