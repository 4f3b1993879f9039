# A figure with a value is marked as missing.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-code: <http://purl.org/linked-data/sdmx/2009/code#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one sdmx-attribute:obsStatus ?old }
INSERT { ?one sdmx-attribute:obsStatus sdmx-code:obsStatus-M ; tg:missingReason con:missing-not-available }
WHERE {
    { SELECT ?one WHERE { ?one a tg:Observation ; sdmx-measure:obsValue ?any ; sdmx-attribute:unitMeasure con:unit-number . FILTER NOT EXISTS { ?one tg:missingReason ?reason } } ORDER BY DESC(?one) LIMIT 1 }
    OPTIONAL { ?one sdmx-attribute:obsStatus ?old }
}
