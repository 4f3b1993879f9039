# Two versions turn out to have the same text.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:textDigest ?old }
INSERT { ?one tg:textDigest ?value }
WHERE {
    { SELECT ?one ?two WHERE { ?one a tg:DocumentVersion ; tg:textDigest ?a . ?two a tg:DocumentVersion ; tg:textDigest ?b . FILTER (STR(?one) < STR(?two)) } ORDER BY ?one ?two LIMIT 1 }
    ?one tg:textDigest ?old .
    ?two tg:textDigest ?value .
}
