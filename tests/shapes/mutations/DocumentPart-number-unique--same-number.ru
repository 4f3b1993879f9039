# Two parts of a version get the same number.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:partNumber ?old }
INSERT { ?one tg:partNumber ?number }
WHERE {
    { SELECT ?one ?two WHERE { ?one tg:partOfVersion ?v . ?two tg:partOfVersion ?v . FILTER (STR(?one) < STR(?two)) } ORDER BY ?one ?two LIMIT 1 }
    ?one tg:partNumber ?old .
    ?two tg:partNumber ?number .
}
