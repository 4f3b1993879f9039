# A derived relation names the rule of another relation.
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:byRule ?own }
INSERT { ?one tg:byRule ?rule }
WHERE {
    { SELECT ?one ?rule WHERE { ?one a tg:DerivedRelation ; rdf:predicate ?predicate . ?rule tg:derives ?other . FILTER (?other != ?predicate) } ORDER BY DESC(?one) ?rule LIMIT 1 }
    ?one tg:byRule ?own .
}
