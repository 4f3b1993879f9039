# A passage that states no fact no longer says why.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:statesNoFact ?reason }
WHERE {
    { SELECT ?one WHERE { ?one tg:statesNoFact ?any . FILTER NOT EXISTS { ?node tg:statedIn ?one . FILTER NOT EXISTS { ?node a tg:Mention } } } ORDER BY ?one LIMIT 1 }
    ?one tg:statesNoFact ?reason .
}
