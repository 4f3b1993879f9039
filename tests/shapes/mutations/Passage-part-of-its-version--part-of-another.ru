# A passage is said to lie in a part of another version.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:inPart ?old }
INSERT { ?part a tg:DocumentPart ; rdfs:label "stray"@en , "verdwaald"@nl ; tg:partNumber 999 ; tg:partOfVersion ?version . ?one tg:inPart ?part }
WHERE {
    { SELECT ?one ?version WHERE { ?one oa:hasSource ?own . ?version a tg:DocumentVersion . FILTER (?own != ?version) } ORDER BY ?one LIMIT 1 }
    ?one tg:inPart ?old .
    BIND (IRI(CONCAT(STR(?version), "-stray")) AS ?part)
}
