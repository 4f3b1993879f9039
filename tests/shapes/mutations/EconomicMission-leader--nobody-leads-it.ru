# Nobody leads an economic mission any more.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?leading tg:participationRole con:role-mission-leader }
INSERT { ?leading tg:participationRole con:role-attendee }
WHERE {
    { SELECT ?one WHERE { ?one a tg:EconomicMission } ORDER BY ?one LIMIT 1 }
    ?leading tg:participationIn ?one ; tg:participationRole con:role-mission-leader .
}
