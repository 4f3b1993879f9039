# A concept is broader than the concept above it.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { ?broader skos:broader ?one }
WHERE { { SELECT ?one ?broader WHERE { ?one skos:broader ?broader } ORDER BY ?one LIMIT 1 } }
