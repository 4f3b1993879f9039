# The last question that follows another moves up a hundred places.
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?last tg:questionNumber ?old }
INSERT { ?last tg:questionNumber ?new }
WHERE {
    {
        SELECT ?last ?old WHERE {
            ?last tg:questionNumber ?old ; eli:is_part_of ?document .
            ?previous tg:questionNumber ?number ; eli:is_part_of ?document .
            FILTER (?old = ?number + 1)
        } ORDER BY DESC(?old) LIMIT 1
    }
    BIND (?old + 100 AS ?new)
}
