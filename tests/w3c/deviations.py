"""Where the answers are known to differ from what the W3C suites expect, and why.

Each case in these tables must go on differing: one that starts to pass fails its test, so that the tables, and the page
`docs/conformance.md` which shows them, stay true.
"""

from dataclasses import dataclass
from typing import Final

ENGINE: Final = "https://github.com/oxigraph/oxigraph/issues/"


@dataclass(frozen=True)
class Deviation:
    """A reason, the cases it holds for and, where there is one, the number of the engine's issue or pull request."""

    reason: str
    cases: tuple[str, ...]
    issue: int | None = None

    @property
    def link(self) -> str:
        """Return the issue as a link for the page; a dash without one."""
        return "–" if self.issue is None else f"[#{self.issue}]({ENGINE}{self.issue})"


BY_VALUE: Final = Deviation(
    "The answer is the expected one by value, but in another lexical form: the engine keeps numbers, dates and truth "
    "values as values, and writes each in one form (`01` as `1`, `1.0` as `1`, `1.0E6` as `1000000`, "
    "`xsd:negativeInteger` as `xsd:integer`).",
    (
        "sparql10/open-world#open-eq-03",
        "sparql10/open-world#open-eq-04",
        "sparql10/open-world#date-3",
        "sparql10/expr-builtin#dawg-datatype-1",
        "sparql10/expr-equals#eq-2-1",
        "sparql10/expr-equals#eq-2-2",
        "sparql10/distinct#no-distinct-1",
        "sparql10/distinct#no-distinct-9",
        "sparql10/sort#dawg-sort-7",
        "sparql11/aggregates#agg-sum-02",
        "sparql11/aggregates#agg-avg-02",
        "sparql11/aggregates#agg-min-01",
        "sparql11/aggregates#agg-min-02",
        "sparql11/aggregates#agg-max-01",
        "sparql11/aggregates#agg-max-02",
        "sparql11/aggregates#agg-err-02",
        "sparql11/aggregates#agg-max-distinct",
        "sparql11/aggregates#agg-min-distinct",
        "sparql11/cast#cast-bool",
        "sparql11/cast#cast-int",
        "sparql11/cast#cast-float",
        "sparql11/cast#cast-double",
        "sparql11/cast#cast-decimal",
        "sparql11/cast#cast-string",
        "sparql11/functions#plus-1-corrected",
        "sparql11/functions#plus-2-corrected",
        "sparql11/functions#coalesce01",
        "sparql11/csv-tsv-res#tsv03",
        "sparql12/eval-triple-terms#op-2",
    ),
    526,
)
"""Not counted as passed, nor as wrong: compared with the expected answer as the engine would store it, which must be
equal, and as it stands, which must not be."""

DEVIATIONS: Final = (
    Deviation(
        "Terms are compared by value where the suite compares lexical forms, which the store does not keep (see "
        "“Equal by value”).",
        (
            "sparql10/open-world#open-eq-01",
            "sparql10/expr-builtin#dawg-str-1",
            "sparql10/expr-builtin#dawg-str-2",
            "sparql10/expr-builtin#sameTerm-simple",
            "sparql10/expr-builtin#sameTerm-eq",
            "sparql10/expr-builtin#sameTerm-not-eq",
            "sparql10/expr-equals#eq-graph-1",
            "sparql10/expr-equals#eq-graph-2",
            "sparql10/distinct#distinct-1",
            "sparql10/distinct#distinct-9",
            "sparql11/csv-tsv-res#csv03",
            "sparql12/grouping#group01",
        ),
        526,
    ),
    Deviation(
        "Dates with and without a time zone are different, as in XSD 1.1; the suite leaves them incomparable.",
        ("sparql10/open-world#date-2",),
    ),
    Deviation(
        "The variable of `GRAPH ?g { … }` is in scope inside the braces, where it should be bound only afterwards.",
        (
            "sparql10/graph#graph-variable-scope",
            "sparql10/graph#graph-optional",
            "sparql11/aggregates#agg-empty-group-count-graph",
            "sparql11/bindings#graph",
            "sparql11/negation#graph-minus",
        ),
        1450,
    ),
    Deviation(
        "`TRUE` and `FALSE` are keywords in lower case only.",
        ("sparql10/expr-builtin#case-insensitive-booleans",),
        1720,
    ),
    Deviation(
        "`<?a&&?b>` is read as a comparison, though as the longest token it is an IRI and so an error.",
        ("sparql10/syntax-sparql3#syn-bad-26",),
    ),
    Deviation(
        "GROUP_CONCAT keeps a language tag that all its texts share.",
        ("sparql11/aggregates#agg-groupconcat-04", "sparql11/aggregates#agg-groupconcat-06"),
        1717,
    ),
    Deviation(
        '`BNODE("x")` makes one blank node for all solutions, not one for each.',
        ("sparql11/functions#bnode01",),
    ),
    Deviation(
        "A path of length zero does not start or end at a given term that is not in the graph.",
        (
            "sparql11/property-path#zero_or_more_set_start",
            "sparql11/property-path#zero_or_more_set_end",
            "sparql11/property-path#zero_or_one_set_start",
            "sparql11/property-path#zero_or_one_set_end",
        ),
        1815,
    ),
    Deviation(
        "An aggregate's name cannot be used in a later expression of the same SELECT.",
        ("sparql12/grouping#select-variable-reuse",),
        1789,
    ),
    Deviation(
        "A triple term is accepted as the subject of a triple term in an expression.",
        ("sparql12/syntax-triple-terms-negative#tripleterm-subject-03",),
        1791,
    ),
    Deviation(
        "A literal is accepted as the subject of a triple term in an expression.",
        ("sparql12/syntax-triple-terms-negative#tripleterm-subject-06",),
        1792,
    ),
    Deviation(
        "An aggregate inside an aggregate is accepted.",
        ("sparql12/syntax#nested-aggregate-functions",),
        1790,
    ),
)
"""Cases that are answered otherwise than the suite expects."""


RDF_DEVIATIONS: Final = (
    Deviation(
        "An `rdf:XMLLiteral` takes all namespaces in scope along, those it does not use too.",
        (
            "rdf11/rdf-xml#xml-canon-test001",
            "rdf11/rdf-xml#xml-canon-test002",
            "rdf12/rdf-xml/eval#rdf12-xml-an-13",
            "rdf12/rdf-xml/eval#rdf12-xml-an-14",
        ),
        1833,
    ),
)
"""The same for files that are read."""

REASON: Final = {one: deviation.reason for deviation in (*DEVIATIONS, *RDF_DEVIATIONS) for one in deviation.cases}
"""Reason by case."""
