# A figure contradicts itself.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:contradicts ?one }
WHERE { { SELECT ?one WHERE { ?one a tg:Observation } ORDER BY ?one LIMIT 1 } }
