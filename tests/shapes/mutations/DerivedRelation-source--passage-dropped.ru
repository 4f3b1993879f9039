# A derived relation no longer names the passage of its evidence.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:statedIn ?passage }
WHERE { { SELECT ?one WHERE { ?one a tg:DerivedRelation ; tg:statedIn ?any } ORDER BY ?one LIMIT 1 } ?one tg:statedIn ?passage }
