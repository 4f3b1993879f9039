# A treaty of which nothing is told is added.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:Treaty ; rdfs:label "forgotten"@en , "vergeten"@nl ; tg:instrumentForm con:instrument-form-treaty ; tg:bindingness con:bindingness-binding ; tg:statedIn ?passage .
    ?record a tg:AgreementParty ; tg:partyRecordOf ?new ; tg:partyRecordFor ?party ; tg:polarity con:polarity-affirmed ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?one WHERE { ?one tg:partyRecordFor ?any } ORDER BY ?one LIMIT 1 }
    ?one tg:partyRecordFor ?party ; tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?one), "-forgotten")) AS ?new)
    BIND (IRI(CONCAT(STR(?one), "-forgotten-party")) AS ?record)
}
