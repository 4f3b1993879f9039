# Only an organisation leads an economic mission.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?leading tg:viaOffice ?office . ?leading tg:viaHolding ?holding . ?leading tg:participant ?who }
INSERT { ?leading tg:participant ?organisation }
WHERE {
    { SELECT ?leading WHERE { ?one a tg:EconomicMission . ?leading tg:participationIn ?one ; tg:participationRole con:role-mission-leader } ORDER BY ?leading LIMIT 1 }
    { SELECT ?organisation WHERE { ?organisation a tg:GovernmentBody } ORDER BY ?organisation LIMIT 1 }
    OPTIONAL { ?leading tg:viaOffice ?office }
    OPTIONAL { ?leading tg:viaHolding ?holding }
    OPTIONAL { ?leading tg:participant ?who }
}
