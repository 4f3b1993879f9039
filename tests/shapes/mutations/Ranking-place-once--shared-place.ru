# A second country holds the same place in a ranking.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?twin a tg:Observation , qb:Observation ; rdfs:label ?label ; qb:dataSet ?dataset ; tg:indicator ?indicator ; tg:refThing ?thing ; tg:inRanking ?ranking ; tg:tradeFlow ?flow ;
        sdmx-dimension:refPeriod ?period ; tg:counterpartArea ?country ; sdmx-attribute:unitMeasure con:unit-ordinal ; sdmx-measure:obsValue ?place ; tg:valueAsStated "1"@nl ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?one WHERE { ?one tg:inRanking ?any ; tg:counterpartArea ?area ; sdmx-attribute:unitMeasure con:unit-ordinal ; sdmx-measure:obsValue ?v } ORDER BY ?one LIMIT 1 }
    ?one rdfs:label ?label ; qb:dataSet ?dataset ; tg:indicator ?indicator ; tg:refThing ?thing ; tg:inRanking ?ranking ; sdmx-measure:obsValue ?place ; tg:statedIn ?passage ; tg:counterpartArea ?own .
    OPTIONAL { ?one tg:tradeFlow ?flow }
    OPTIONAL { ?one sdmx-dimension:refPeriod ?period }
    { SELECT ?country WHERE { ?country a tg:Country } ORDER BY ?country LIMIT 1 }
    BIND (IRI(CONCAT(STR(?one), "-tied")) AS ?twin)
}
