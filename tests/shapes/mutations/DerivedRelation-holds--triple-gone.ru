# A direct triple is gone, its description stays.
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?subject tg:mentionedIn ?object }
WHERE {
    { SELECT ?one WHERE { ?one rdf:predicate tg:mentionedIn } ORDER BY ?one LIMIT 1 }
    ?one rdf:subject ?subject ; rdf:object ?object .
}
