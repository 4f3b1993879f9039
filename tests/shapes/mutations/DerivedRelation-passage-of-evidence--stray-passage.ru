# A derived relation names a passage that none of its evidence is read from.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:statedIn ?passage }
WHERE {
    { SELECT ?one ?passage WHERE { ?one a tg:DerivedRelation ; tg:statedIn ?own . ?passage a tg:Passage . FILTER NOT EXISTS { ?one tg:derivedFromEvidence/tg:statedIn ?passage } } ORDER BY DESC(?one) ?passage LIMIT 1 }
}
