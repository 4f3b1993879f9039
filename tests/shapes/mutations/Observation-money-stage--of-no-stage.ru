# An amount no longer says whether it was budgeted or spent.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:estimateStage ?stage }
WHERE { { SELECT ?one WHERE { ?one sdmx-attribute:unitMeasure con:unit-eur ; sdmx-measure:obsValue ?v ; tg:estimateStage ?any } ORDER BY ?one LIMIT 1 } ?one tg:estimateStage ?stage }
