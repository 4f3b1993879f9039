# A statement in words no longer says of what kind it is.
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:statementType ?type }
WHERE { { SELECT ?one WHERE { ?one a tg:Statement ; tg:statementType ?any . FILTER NOT EXISTS { ?one a rdf:Statement } } ORDER BY ?one LIMIT 1 } ?one tg:statementType ?type }
