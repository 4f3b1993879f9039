# The last question of a document moves up a hundred places.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?last tg:questionNumber ?old }
INSERT { ?last tg:questionNumber ?new }
WHERE {
    { SELECT ?last ?old WHERE { ?last tg:questionNumber ?old } ORDER BY DESC(?old) LIMIT 1 }
    BIND (?old + 100 AS ?new)
}
