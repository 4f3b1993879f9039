# Two questions of one document get the same number, the first.
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?other tg:questionNumber ?old }
INSERT { ?other tg:questionNumber ?number }
WHERE {
    { SELECT ?document (MIN(?n) AS ?number) (MAX(?n) AS ?old) WHERE { ?q tg:questionNumber ?n ; eli:is_part_of ?document } GROUP BY ?document HAVING (MAX(?n) > MIN(?n)) ORDER BY ?document LIMIT 1 }
    ?other tg:questionNumber ?old ; eli:is_part_of ?document .
}
