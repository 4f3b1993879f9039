"""Words of downloads, releases and changes."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
