"""Words of map, timeline, statistics and charts."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
