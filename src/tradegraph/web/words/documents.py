"""Words of documents, questions and answers, quality and about."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {}
