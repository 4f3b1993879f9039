# A question loses its texts.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?question tg:text ?text }
WHERE {
    { SELECT ?question WHERE { ?question a tg:ParliamentaryQuestion ; tg:text ?any } ORDER BY ?question LIMIT 1 }
    ?question tg:text ?text .
}
