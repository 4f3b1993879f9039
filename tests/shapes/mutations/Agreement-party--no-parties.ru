# The parties to an agreement are gone.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?record ?key ?value }
WHERE {
    { SELECT ?one WHERE { ?any tg:partyRecordOf ?one } ORDER BY ?one LIMIT 1 }
    ?record tg:partyRecordOf ?one ; ?key ?value .
}
