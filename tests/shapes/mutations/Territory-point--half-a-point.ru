# A territory loses its longitude and keeps its latitude.
PREFIX schema: <https://schema.org/>

DELETE { ?one schema:longitude ?east }
WHERE {
    { SELECT ?one WHERE { ?one schema:longitude ?any } ORDER BY ?one LIMIT 1 }
    ?one schema:longitude ?east .
}
