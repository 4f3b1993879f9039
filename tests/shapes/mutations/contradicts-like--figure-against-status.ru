# A figure contradicts a commitment, and the other way round.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:contradicts ?two . ?two tg:contradicts ?one }
WHERE { { SELECT ?one ?two WHERE { ?one a tg:Observation . ?two a tg:Commitment } ORDER BY ?one ?two LIMIT 1 } }
