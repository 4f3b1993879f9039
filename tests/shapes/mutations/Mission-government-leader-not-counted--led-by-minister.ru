# A minister leads a mission that no source counts as economic.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:Participation ; tg:participationIn ?one ; tg:participationRole con:role-mission-leader ; tg:viaOffice ?office ;
        tg:polarity con:polarity-affirmed ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?one WHERE { ?one a tg:Mission . FILTER NOT EXISTS { ?one a tg:EconomicMission } FILTER NOT EXISTS { ?any tg:participationIn ?one ; tg:participationRole con:role-mission-leader } } ORDER BY ?one LIMIT 1 }
    { SELECT ?office WHERE { ?holding tg:heldOffice ?office ; tg:inCabinet ?cabinet } ORDER BY ?office LIMIT 1 }
    ?one tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?one), "-leader")) AS ?new)
}
