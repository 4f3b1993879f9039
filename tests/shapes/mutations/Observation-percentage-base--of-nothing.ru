# A percentage no longer says what it is a percentage of.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:percentageOf ?base }
WHERE { { SELECT ?one WHERE { ?one tg:percentageOf ?any ; sdmx-measure:obsValue ?v ; sdmx-attribute:unitMeasure con:unit-percent } ORDER BY ?one LIMIT 1 } ?one tg:percentageOf ?base }
