# A document is registered a second time under another key.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?twin dct:identifier ?identifier ; a tg:Document ; rdfs:label ?label ; tg:statedIn ?passage }
WHERE {
    { SELECT ?one WHERE { ?one dct:identifier ?any } ORDER BY ?one LIMIT 1 }
    ?one dct:identifier ?identifier ; rdfs:label ?label .
    { SELECT ?passage WHERE { ?x tg:statedIn ?passage } ORDER BY ?passage LIMIT 1 }
    BIND (IRI(CONCAT(STR(?one), "-twin")) AS ?twin)
}
