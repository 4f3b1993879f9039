# A mission leader is said to lead a document.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?new a tg:Participation ; tg:participationIn ?document ; tg:participationRole con:role-mission-leader ; tg:officeAsStated "leider"@nl ; tg:polarity con:polarity-affirmed ; tg:statedIn ?passage }
WHERE {
    { SELECT ?document ?passage WHERE { ?class rdfs:subClassOf* tg:Document . ?document a ?class ; tg:statedIn ?passage } ORDER BY ?document ?passage LIMIT 1 }
    BIND (IRI(CONCAT(STR(?document), "-leader")) AS ?new)
}
