# A territory is part of one of its own parts.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?larger tg:partOfTerritory ?old }
INSERT { ?larger tg:partOfTerritory ?one }
WHERE {
    { SELECT ?one ?larger WHERE { ?one tg:partOfTerritory ?larger } ORDER BY ?one LIMIT 1 }
    OPTIONAL { ?larger tg:partOfTerritory ?old }
}
