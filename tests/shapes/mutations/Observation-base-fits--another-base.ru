# A percentage names a base figure of another indicator.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:baseObservation ?old }
INSERT { ?one tg:baseObservation ?other }
WHERE {
    { SELECT ?one ?other WHERE { ?one tg:percentageOf ?base . ?other tg:indicator ?indicator . FILTER (?indicator != ?base) } ORDER BY ?one ?other LIMIT 1 }
    OPTIONAL { ?one tg:baseObservation ?old }
}
