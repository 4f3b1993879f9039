# A percentage is a hundred times too large.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>

DELETE { ?one sdmx-measure:obsValue ?old }
INSERT { ?one sdmx-measure:obsValue 5700.0 }
WHERE { { SELECT ?one WHERE { ?one sdmx-attribute:unitMeasure con:unit-percent ; sdmx-measure:obsValue ?any } ORDER BY ?one LIMIT 1 } ?one sdmx-measure:obsValue ?old }
