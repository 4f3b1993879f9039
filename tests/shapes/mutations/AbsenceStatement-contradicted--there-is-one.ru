# A statement denies agreements of a type and with a party of which one is recorded.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:AbsenceStatement ; tg:statementType con:statement-type-absence ; tg:refersTo ?agreement ;
        tg:text "There are none."@en , "Er zijn er geen."@nl ; tg:modality con:modality-fact ; tg:polarity con:polarity-negated ;
        tg:aboutAgreementType ?type ; tg:aboutParty ?party ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?record WHERE { ?record tg:partyRecordOf/tg:agreementType ?any } ORDER BY ?record LIMIT 1 }
    ?record tg:partyRecordOf ?agreement ; tg:partyRecordFor ?party ; tg:statedIn ?passage .
    ?agreement tg:agreementType ?type .
    BIND (IRI(CONCAT(STR(?record), "-denied")) AS ?new)
}
