# An office gets a second holder for the same years.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?twin a tg:OfficeHolding ; rdfs:label "twin"@en , "tweeling"@nl ; org:member ?person ; tg:heldOffice ?office ;
        tg:holdingMode con:holding-mode-regular ; tg:resolution con:resolution-curated ; tg:validFrom ?from ;
        tg:curationNote "Made for a test."@en , "Gemaakt voor een test."@nl .
}
WHERE {
    { SELECT ?one WHERE { ?one tg:holdingMode con:holding-mode-regular ; tg:validFrom ?any } ORDER BY ?one LIMIT 1 }
    ?one tg:heldOffice ?office ; org:member ?person ; tg:validFrom ?from .
    BIND (IRI(CONCAT(STR(?one), "-twin")) AS ?twin)
}
