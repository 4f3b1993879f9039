# An agreement is said to be in force a century before it was signed.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { ?new a tg:AgreementAction ; tg:actionOn ?agreement ; tg:actionType con:action-type-entry-into-force ; tg:actionDate "1901"^^xsd:gYear ; tg:statedIn ?passage }
WHERE {
    { SELECT ?one WHERE { ?one tg:actionType con:action-type-signature ; tg:actionDate ?any } ORDER BY ?one LIMIT 1 }
    ?one tg:actionOn ?agreement ; tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?one), "-early")) AS ?new)
}
