# An office succeeds its own successor.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?next tg:succeededByOffice ?one }
WHERE { { SELECT ?one ?next WHERE { ?one tg:succeededByOffice ?next } ORDER BY ?one LIMIT 1 } }
