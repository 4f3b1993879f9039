# An agreement is said to amend itself.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:Statement , rdf:Statement ; rdf:subject ?agreement ; rdf:predicate tg:amendsAgreement ; rdf:object ?agreement ;
        tg:modality con:modality-fact ; tg:polarity con:polarity-affirmed ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?agreement WHERE { ?agreement tg:instrumentForm ?form } ORDER BY DESC(?agreement) LIMIT 1 }
    ?agreement tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?agreement), "-circle")) AS ?new)
}
