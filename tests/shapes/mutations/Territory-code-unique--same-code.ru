# Two countries get the same code.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:isoAlpha3 ?old }
INSERT { ?one tg:isoAlpha3 ?code }
WHERE {
    { SELECT ?one ?code WHERE { ?one tg:isoAlpha3 ?a . ?two tg:isoAlpha3 ?code . FILTER (STR(?one) < STR(?two)) } ORDER BY ?one ?two LIMIT 1 }
    ?one tg:isoAlpha3 ?old .
}
