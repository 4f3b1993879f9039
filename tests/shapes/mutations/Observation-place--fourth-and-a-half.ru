# A place in an order is not a whole number.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>

DELETE { ?place sdmx-measure:obsValue ?value }
INSERT { ?place sdmx-measure:obsValue 4.5 }
WHERE {
    { SELECT ?place WHERE { ?place sdmx-attribute:unitMeasure con:unit-ordinal ; sdmx-measure:obsValue ?any } ORDER BY DESC(?place) LIMIT 1 }
    ?place sdmx-measure:obsValue ?value .
}
