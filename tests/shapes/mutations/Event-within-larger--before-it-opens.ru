# An event takes place before the larger event begins.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?one tg:eventDate ?old . ?one tg:validFrom ?from . ?one tg:validUntil ?until }
INSERT { ?one tg:eventDate "1901"^^xsd:gYear }
WHERE {
    { SELECT ?one WHERE { ?relation rdf:predicate tg:withinEvent ; rdf:subject ?one ; tg:polarity con:polarity-affirmed ; rdf:object/tg:validFrom ?first . FILTER NOT EXISTS { ?p tg:participationIn ?one ; tg:viaHolding ?h } } ORDER BY ?one LIMIT 1 }
    OPTIONAL { ?one tg:eventDate ?old }
    OPTIONAL { ?one tg:validFrom ?from }
    OPTIONAL { ?one tg:validUntil ?until }
}
