# A refused answer loses its ground.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?answer tg:nonDisclosureGround ?ground }
WHERE {
    { SELECT ?answer WHERE { ?answer tg:answerDisposition con:answer-disposition-refused ; tg:nonDisclosureGround ?any } ORDER BY ?answer LIMIT 1 }
    ?answer tg:nonDisclosureGround ?ground .
}
