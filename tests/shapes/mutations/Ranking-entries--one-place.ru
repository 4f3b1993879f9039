# A ranking with a single place is added.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?new a tg:Ranking ; rdfs:label "lonely"@en , "eenzaam"@nl ; tg:statedIn ?passage }
WHERE {
    { SELECT ?ranking WHERE { ?ranking a tg:Ranking } ORDER BY ?ranking LIMIT 1 }
    ?ranking tg:statedIn ?passage .
    BIND (IRI(CONCAT(STR(?ranking), "-lonely")) AS ?new)
}
