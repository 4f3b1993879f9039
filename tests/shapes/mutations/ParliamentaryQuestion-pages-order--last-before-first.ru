# The last page that a question is about is put before the first.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?question tg:aboutLastPage ?last }
INSERT { ?question tg:aboutLastPage 0 }
WHERE {
    { SELECT ?question WHERE { ?question tg:aboutFirstPage ?first ; tg:aboutLastPage ?any } ORDER BY ?question LIMIT 1 }
    ?question tg:aboutLastPage ?last .
}
