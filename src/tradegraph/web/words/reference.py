"""Words of the pages on ontology, shapes and code lists."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
