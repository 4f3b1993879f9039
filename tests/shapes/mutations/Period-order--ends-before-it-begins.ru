# The last year is put before the first year.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?one tg:validUntil ?old }
INSERT { ?one tg:validUntil "1901"^^xsd:gYear }
WHERE { { SELECT ?one WHERE { ?one a dct:PeriodOfTime ; tg:validFrom ?from ; tg:validUntil ?until } ORDER BY ?one LIMIT 1 } ?one tg:validUntil ?old }
