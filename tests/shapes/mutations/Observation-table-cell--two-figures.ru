# A second figure of the same kind is read from one cell of a table, for another sector.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?twin a tg:Observation , qb:Observation ; rdfs:label ?label ; qb:dataSet ?dataset ; tg:indicator ?indicator ; tg:refThing ?thing ; tg:cellReference ?cell ; tg:refSector con:sector-water ;
        tg:estimateStage con:stage-realised ; tg:percentageOf ?base ; sdmx-attribute:unitMeasure ?unit ; sdmx-measure:obsValue 77.0 ; tg:valueAsStated "77"@nl ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?one WHERE { ?one tg:cellReference ?any ; sdmx-measure:obsValue ?v FILTER (?v != 77) } ORDER BY ?one LIMIT 1 }
    ?one rdfs:label ?label ; qb:dataSet ?dataset ; tg:indicator ?indicator ; tg:refThing ?thing ; tg:cellReference ?cell ; sdmx-attribute:unitMeasure ?unit ; tg:statedIn ?passage .
    OPTIONAL { ?one tg:percentageOf ?base }
    BIND (IRI(CONCAT(STR(?one), "-misread")) AS ?twin)
}
