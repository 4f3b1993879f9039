# An organisation is a part of one of its parts.
PREFIX org: <http://www.w3.org/ns/org#>

INSERT { ?larger org:subOrganizationOf ?one }
WHERE { { SELECT ?one ?larger WHERE { ?one org:subOrganizationOf ?larger } ORDER BY ?one LIMIT 1 } }
