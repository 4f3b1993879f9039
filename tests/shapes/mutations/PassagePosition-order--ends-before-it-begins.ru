# A passage ends at its first character.
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ?position oa:end ?old }
INSERT { ?position oa:end ?start }
WHERE { { SELECT ?position WHERE { ?position oa:start ?any } ORDER BY DESC(?position) LIMIT 1 } ?position oa:start ?start ; oa:end ?old }
