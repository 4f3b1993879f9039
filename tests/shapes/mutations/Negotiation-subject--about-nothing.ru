# A negotiation loses its agreement and its type.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?talks tg:negotiates ?agreement ; tg:agreementType ?type }
WHERE {
    { SELECT ?talks WHERE { ?talks a tg:Negotiation } ORDER BY ?talks LIMIT 1 }
    ?talks ?key ?value .
    OPTIONAL { ?talks tg:negotiates ?agreement }
    OPTIONAL { ?talks tg:agreementType ?type }
}
