"""The words of the pages, in both languages: one table per subject, read by templates, scripts and sentences.

Placeholders in braces are filled in by whoever shows the words. Dutch first, then English. No key stands in two tables.
"""

from typing import Final

from tradegraph.languages import Language, Words
from tradegraph.web.words import (
    about,
    connections,
    copy,
    documents,
    frame,
    graph,
    kit,
    lists,
    pictures,
    quality,
    query_page,
    reference,
    releases,
    stored,
    things,
)

TABLES: Final = (
    about.WORDS,
    connections.WORDS,
    copy.WORDS,
    documents.WORDS,
    frame.WORDS,
    graph.WORDS,
    kit.WORDS,
    lists.WORDS,
    pictures.WORDS,
    quality.WORDS,
    query_page.WORDS,
    reference.WORDS,
    releases.WORDS,
    stored.WORDS,
    things.WORDS,
)
WORDS: Final[dict[str, Words]] = {key: words for table in TABLES for key, words in table.items()}


def words_in(language: Language) -> dict[str, str]:
    """Return every word of the tables in one language."""
    return {key: words.in_(language) for key, words in WORDS.items()}


def say(language: Language, key: str, **places: object) -> str:
    """Return a word in `language` with its places filled in; KeyError for a key that no table has."""
    return WORDS[key].in_(language).format(**places)
