# A negotiation is about another type of agreement than its agreement is of.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?talks tg:agreementType ?type }
INSERT { ?talks tg:agreementType con:agreement-type-visa }
WHERE {
    { SELECT ?talks WHERE { ?talks tg:negotiates/tg:agreementType ?t . FILTER (?t != con:agreement-type-visa) } ORDER BY ?talks LIMIT 1 }
    OPTIONAL { ?talks tg:agreementType ?type }
}
