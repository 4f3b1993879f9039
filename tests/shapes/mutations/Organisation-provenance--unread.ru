# Neither a passage nor a note says where it comes from.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:statedIn ?passage . ?one tg:curationNote ?note }
WHERE {
    { SELECT ?one WHERE { ?one a tg:Organisation } ORDER BY ?one LIMIT 1 }
    OPTIONAL { ?one tg:statedIn ?passage }
    OPTIONAL { ?one tg:curationNote ?note }
}
