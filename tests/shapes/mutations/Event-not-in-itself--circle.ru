# A relation puts an event within itself.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?relation rdf:object ?old }
INSERT { ?relation rdf:object ?one }
WHERE {
    { SELECT ?relation ?one WHERE { ?relation rdf:predicate tg:withinEvent ; rdf:subject ?one ; tg:polarity con:polarity-affirmed } ORDER BY ?relation LIMIT 1 }
    ?relation rdf:object ?old .
}
