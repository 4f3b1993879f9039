# A source counts a thousand members of a set.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:CompletenessStatement ; tg:statementType con:statement-type-completeness ; tg:refersTo ?thing ;
        tg:text "There are many."@en , "Er zijn er veel."@nl ; tg:modality con:modality-fact ; tg:polarity con:polarity-affirmed ;
        tg:aboutSet ?thing ; tg:statedCount 1000 ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?thing WHERE { ?thing a tg:MissionSet } ORDER BY ?thing LIMIT 1 }
    ?thing tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?thing), "-thousand")) AS ?new)
}
