# A participation names an office and the holding of another office.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:viaOffice ?old }
INSERT { ?one tg:viaOffice ?other }
WHERE {
    { SELECT ?one ?other WHERE { ?one tg:viaHolding/tg:heldOffice ?held . ?other a tg:Office . FILTER (?other != ?held) } ORDER BY ?one ?other LIMIT 1 }
    OPTIONAL { ?one tg:viaOffice ?old }
}
