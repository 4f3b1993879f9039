# One figure contradicts another, which does not say so.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:contradicts ?two }
WHERE { { SELECT ?one ?two WHERE { ?one a tg:Observation . ?two a tg:Observation . FILTER (STR(?one) < STR(?two)) FILTER NOT EXISTS { ?two tg:contradicts ?one } } ORDER BY ?one ?two LIMIT 1 } }
