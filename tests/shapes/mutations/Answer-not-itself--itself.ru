# An answer that refers to another refers to itself as well.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?answer tg:refersToAnswer ?answer }
WHERE {
    { SELECT ?answer WHERE { ?answer tg:answerDisposition con:answer-disposition-refers-to-other-answer ; tg:refersToAnswer ?any } ORDER BY DESC(?answer) LIMIT 1 }
}
