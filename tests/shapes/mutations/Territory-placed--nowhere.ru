# A territory has no point any more, and no note says why.
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one schema:latitude ?north ; schema:longitude ?east ; tg:curationNote ?note }
WHERE {
    { SELECT ?one WHERE { ?one schema:longitude ?any ; tg:statedIn ?passage } ORDER BY DESC(?one) LIMIT 1 }
    ?one schema:latitude ?north ; schema:longitude ?east .
    OPTIONAL { ?one tg:curationNote ?note }
}
