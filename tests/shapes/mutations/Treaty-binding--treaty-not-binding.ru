# A treaty is marked as not binding.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:bindingness ?old }
INSERT { ?one tg:bindingness con:bindingness-not-binding }
WHERE { { SELECT ?one WHERE { ?class rdfs:subClassOf* tg:Treaty . ?one a ?class } ORDER BY ?one LIMIT 1 } ?one tg:bindingness ?old }
