# A figure loses its unit.
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one sdmx-attribute:unitMeasure ?unit }
WHERE {
    { SELECT ?one WHERE { ?one a tg:Observation ; sdmx-measure:obsValue ?any ; sdmx-attribute:unitMeasure ?some ; tg:estimateStage ?stage } ORDER BY DESC(?one) LIMIT 1 }
    ?one sdmx-attribute:unitMeasure ?unit .
}
