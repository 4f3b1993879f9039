# A grouping is part of one of its own parts.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:partOfGrouping ?one }
WHERE { { SELECT ?one WHERE { ?one a tg:CountryGrouping . FILTER NOT EXISTS { ?one tg:partOfGrouping ?any } } ORDER BY ?one LIMIT 1 } }
