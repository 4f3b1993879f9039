# A mention names a passage.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:mentions ?old }
INSERT { ?one tg:mentions ?passage }
WHERE { { SELECT ?one WHERE { ?one a tg:Mention } ORDER BY ?one LIMIT 1 } ?one tg:mentions ?old ; tg:statedIn ?passage }
