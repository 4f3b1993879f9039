# The last day is put before the first day.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?one tg:validUntil ?old }
INSERT { ?one tg:validUntil "1900-01-01"^^xsd:date }
WHERE { { SELECT ?one WHERE { ?class rdfs:subClassOf* tg:Cabinet . ?one a ?class ; tg:validFrom ?from ; tg:validUntil ?until } ORDER BY ?one LIMIT 1 } ?one tg:validUntil ?old }
