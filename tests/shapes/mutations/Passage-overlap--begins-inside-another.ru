# A passage begins inside another one.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?position oa:start ?old }
INSERT { ?position oa:start ?start }
WHERE {
    {
        SELECT ?position ?start WHERE {
            ?one oa:hasSource ?v ; tg:inPart ?part ; oa:hasSelector ?first .
            ?two oa:hasSource ?v ; tg:inPart ?part ; oa:hasSelector ?position .
            ?first oa:start ?start ; oa:end ?end .
            ?position oa:start ?later .
            FILTER (?end <= ?later)
        } ORDER BY ?one ?later LIMIT 1
    }
    ?position oa:start ?old .
}
