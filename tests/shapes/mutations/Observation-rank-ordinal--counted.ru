# A rank is given as a number of things.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?rank sdmx-attribute:unitMeasure con:unit-ordinal }
INSERT { ?rank sdmx-attribute:unitMeasure con:unit-number }
WHERE {
    { SELECT ?rank WHERE { ?rank tg:indicator con:indicator-rank ; sdmx-attribute:unitMeasure con:unit-ordinal } ORDER BY DESC(?rank) LIMIT 1 }
}
