# A phase begins before its cabinet.
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?one tg:validFrom ?old }
INSERT { ?one tg:validFrom "1901-01-01"^^xsd:date }
WHERE { { SELECT ?one WHERE { ?one tg:phaseOf/tg:validFrom ?any } ORDER BY ?one LIMIT 1 } OPTIONAL { ?one tg:validFrom ?old } }
