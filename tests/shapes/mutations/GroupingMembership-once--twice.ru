# A membership is entered twice for one passage.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?twin a tg:GroupingMembership ; tg:grouping ?grouping ; tg:memberTerritory ?member ; tg:statedIn ?passage }
WHERE {
    { SELECT ?one WHERE { ?one a tg:GroupingMembership } ORDER BY ?one LIMIT 1 }
    ?one tg:grouping ?grouping ; tg:memberTerritory ?member ; tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?one), "-twin")) AS ?twin)
}
