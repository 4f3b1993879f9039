# An answer that is no reference names another answer.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?answer tg:refersToAnswer ?goal }
WHERE {
    { SELECT ?answer WHERE { ?answer tg:answers ?any FILTER NOT EXISTS { ?answer tg:answerDisposition con:answer-disposition-refers-to-other-answer } } ORDER BY ?answer LIMIT 1 }
    { SELECT ?goal WHERE { ?goal tg:answers ?any } ORDER BY DESC(?goal) LIMIT 1 }
}
