# Two figures replace each other.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:supersedes ?two . ?two tg:supersedes ?one }
WHERE { { SELECT ?one ?two WHERE { ?one a tg:Observation . ?two a tg:Observation . FILTER (STR(?one) < STR(?two)) } ORDER BY ?one ?two LIMIT 1 } }
