# An answer marked as a reference loses what it refers to.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?answer tg:refersToAnswer ?goal }
WHERE {
    { SELECT ?answer WHERE { ?answer tg:refersToAnswer ?any ; tg:answerDisposition con:answer-disposition-refers-to-other-answer } ORDER BY ?answer LIMIT 1 }
    ?answer tg:refersToAnswer ?goal .
}
