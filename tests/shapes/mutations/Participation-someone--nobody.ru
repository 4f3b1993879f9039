# A participation no longer says who took part.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one ?key ?who }
WHERE {
    { SELECT ?one WHERE { ?one a tg:Participation } ORDER BY DESC(?one) LIMIT 1 }
    ?one ?key ?who .
    FILTER (?key IN (tg:participant, tg:viaOffice, tg:viaHolding, tg:officeAsStated, tg:nameAsStated))
}
