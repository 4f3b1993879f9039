# An answer loses its texts.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?answer tg:text ?text }
WHERE {
    { SELECT ?answer WHERE { ?answer a tg:Answer ; tg:text ?any } ORDER BY ?answer LIMIT 1 }
    ?answer tg:text ?text .
}
