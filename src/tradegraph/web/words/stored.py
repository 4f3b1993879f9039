"""Words of stored questions, the API page, frozen answers and citations."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
