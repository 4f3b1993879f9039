# The cabinet is given as the organisation of an office holding.
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one org:organization ?old }
INSERT { ?one org:organization ?cabinet }
WHERE { { SELECT ?one ?cabinet WHERE { ?one tg:inCabinet ?cabinet } ORDER BY ?one LIMIT 1 } OPTIONAL { ?one org:organization ?old } }
