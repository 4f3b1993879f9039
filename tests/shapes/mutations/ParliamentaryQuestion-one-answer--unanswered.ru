# A question without an answer follows the last one.
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:ParliamentaryQuestion ; rdfs:label "one more"@en , "nog een"@nl ; tg:questionNumber ?number ; eli:is_part_of ?document ; tg:topic ?topic ;
        tg:text "And then?"@en , "En dan?"@nl ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?last WHERE { ?last tg:questionNumber ?n } ORDER BY DESC(?n) LIMIT 1 }
    { SELECT ?last (SAMPLE(?t) AS ?topic) (SAMPLE(?p) AS ?passage) WHERE { ?last tg:questionNumber ?any ; tg:topic ?t ; tg:statedIn ?p } GROUP BY ?last }
    ?last tg:questionNumber ?old ; eli:is_part_of ?document .
    BIND (?old + 1 AS ?number)
    BIND (IRI(CONCAT(STR(?last), "-next")) AS ?new)
}
