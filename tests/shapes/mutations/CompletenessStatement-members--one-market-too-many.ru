# A source counts one member more of a grouping than are recorded.
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?statement tg:statedCount ?count }
INSERT { ?statement tg:statedCount ?more }
WHERE {
    { SELECT ?statement WHERE { ?statement tg:aboutSet ?set ; tg:statedCount ?any . ?set a tg:CountryGrouping } ORDER BY ?statement LIMIT 1 }
    ?statement tg:statedCount ?count .
    BIND (?count + 1 AS ?more)
}
