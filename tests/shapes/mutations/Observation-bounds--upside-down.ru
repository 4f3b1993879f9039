# The bounds of a range are exchanged.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:lowerBound ?low ; tg:upperBound ?high }
INSERT { ?one tg:lowerBound ?high ; tg:upperBound ?low }
WHERE { { SELECT ?one WHERE { ?one tg:lowerBound ?a ; tg:upperBound ?b } ORDER BY ?one LIMIT 1 } ?one tg:lowerBound ?low ; tg:upperBound ?high }
