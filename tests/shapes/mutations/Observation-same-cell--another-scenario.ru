# Another passage gives another value for the same cell of one scenario.
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT {
    ?twin a tg:Observation , qb:Observation ; rdfs:label ?label ; qb:dataSet ?dataset ; tg:indicator ?indicator ; tg:refThing ?thing ; ?key ?code ;
        sdmx-measure:obsValue 5.0 ; tg:valueAsStated "5"@nl ; tg:statedIn ?passage .
}
WHERE {
    { SELECT ?one WHERE { ?one tg:scenario ?any ; sdmx-measure:obsValue ?v ; sdmx-attribute:unitMeasure ?u . FILTER (?v != 5) } ORDER BY ?one LIMIT 1 }
    ?one rdfs:label ?label ; qb:dataSet ?dataset ; tg:indicator ?indicator ; tg:refThing ?thing ; ?key ?code .
    FILTER (?key IN (sdmx-attribute:unitMeasure, sdmx-dimension:refPeriod, sdmx-dimension:refArea, tg:counterpartArea, tg:refSector, tg:participantCategory, tg:tradeFlow, tg:accountingMethod, tg:productCategory, tg:scenario, tg:inRanking, tg:estimateStage, tg:knownOn, tg:percentageOf))
    { SELECT ?passage WHERE { ?x tg:statedIn ?passage . ?x a tg:Statement } ORDER BY DESC(?passage) LIMIT 1 }
    FILTER NOT EXISTS { ?one tg:statedIn ?passage }
    BIND (IRI(CONCAT(STR(?one), "-other-scenario")) AS ?twin)
}
