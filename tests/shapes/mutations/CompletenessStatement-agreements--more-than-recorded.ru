# A source counts a thousand agreements of a type.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:CompletenessStatement ; tg:statementType con:statement-type-completeness ; tg:refersTo ?party ;
        tg:text "There are many."@en , "Er zijn er veel."@nl ; tg:modality con:modality-fact ; tg:polarity con:polarity-affirmed ;
        tg:aboutAgreementType con:agreement-type-visa ; tg:aboutParty ?party ; tg:statedCount 1000 ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?party WHERE { ?party a tg:Country ; tg:statedIn ?any } ORDER BY ?party LIMIT 1 }
    ?party tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?party), "-thousand")) AS ?new)
}
