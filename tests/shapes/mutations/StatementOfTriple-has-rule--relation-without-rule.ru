# A relation of which no rule makes a direct triple.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    tg:relationWithoutRule a owl:ObjectProperty .
    ?new a tg:Statement , rdf:Statement ; rdf:subject ?subject ; rdf:predicate tg:relationWithoutRule ; rdf:object ?object ;
        tg:modality con:modality-fact ; tg:polarity con:polarity-affirmed ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?one WHERE { ?one rdf:predicate tg:destination ; tg:statedIn ?any } ORDER BY ?one LIMIT 1 }
    ?one rdf:subject ?subject ; rdf:object ?object ; tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?one), "-odd")) AS ?new)
}
