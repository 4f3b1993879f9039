# A number of things is stated, but not of what.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:CompletenessStatement ; tg:statementType con:statement-type-completeness ; tg:refersTo ?thing ;
        tg:text "There are nine."@en , "Er zijn er negen."@nl ; tg:modality con:modality-fact ; tg:polarity con:polarity-affirmed ;
        tg:statedCount 9 ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?thing WHERE { ?thing a tg:MissionSet } ORDER BY ?thing LIMIT 1 }
    ?thing tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?thing), "-nine")) AS ?new)
}
