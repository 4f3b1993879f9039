# A participation that names an office holding is marked as unresolved.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:resolution ?old }
INSERT { ?one tg:resolution con:resolution-unresolved }
WHERE { { SELECT ?one WHERE { ?one tg:viaHolding ?holding } ORDER BY ?one LIMIT 1 } OPTIONAL { ?one tg:resolution ?old } }
