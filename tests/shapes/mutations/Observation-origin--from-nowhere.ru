# A figure no longer says how the source writes it.
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:valueAsStated ?stated }
WHERE { { SELECT ?one WHERE { ?one sdmx-measure:obsValue ?v ; tg:valueAsStated ?any . FILTER NOT EXISTS { ?one tg:derivedFrom ?other } } ORDER BY DESC(?one) LIMIT 1 } ?one tg:valueAsStated ?stated }
