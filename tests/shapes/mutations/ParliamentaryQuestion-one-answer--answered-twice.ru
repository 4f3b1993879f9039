# A question gets a second answer.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?new a tg:Answer ; tg:answers ?question ; tg:answerDisposition con:answer-disposition-yes ; tg:text "Yes."@en , "Ja."@nl ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?answer WHERE { ?answer tg:answers ?any } ORDER BY ?answer LIMIT 1 }
    ?answer tg:answers ?question ; tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?answer), "-again")) AS ?new)
}
