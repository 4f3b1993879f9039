# A figure loses its value, and nothing says why.
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one sdmx-measure:obsValue ?value }
WHERE { { SELECT ?one WHERE { ?one a tg:Observation ; sdmx-measure:obsValue ?any ; tg:valueAsStated ?stated . FILTER NOT EXISTS { ?one tg:lowerBound ?low } FILTER NOT EXISTS { ?other tg:derivedFrom ?one } } ORDER BY ?one LIMIT 1 } ?one sdmx-measure:obsValue ?value }
