# What was held is planned again a century later.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?one tg:knownOn ?known }
INSERT { ?one tg:knownOn "2026-01-01"^^xsd:date . ?new a tg:StatusPeriod ; tg:statusOf ?thing ; tg:status con:status-planned ; tg:knownOn "2126-01-01"^^xsd:date ; tg:statedIn ?passage }
WHERE {
    { SELECT ?one WHERE { ?one tg:status con:status-held } ORDER BY ?one LIMIT 1 }
    ?one tg:statusOf ?thing ; tg:statedIn ?passage .
    OPTIONAL { ?one tg:knownOn ?known }
    BIND (IRI(CONCAT(STR(?one), "-again")) AS ?new)
}
