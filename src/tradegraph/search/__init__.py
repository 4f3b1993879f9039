"""Full-text search over what things are called and what is said of them in our words, in Dutch and English.

`build_index` writes the index of a release; `Index` finds in it; `WrittenIndex` finds what was written since as well;
`resolve` runs the searches inside a SPARQL query.
"""

from tradegraph.search.find import Hit, Index, SearchIndex, Snippet
from tradegraph.search.index import build_index
from tradegraph.search.inside import resolve
from tradegraph.search.words import LANGUAGES, Language
from tradegraph.search.written import WrittenIndex

__all__ = ["LANGUAGES", "Hit", "Index", "Language", "SearchIndex", "Snippet", "WrittenIndex", "build_index", "resolve"]
