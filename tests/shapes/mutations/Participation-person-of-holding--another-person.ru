# A person takes part through the office holding of someone else.
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:participant ?old }
INSERT { ?one tg:participant ?person }
WHERE {
    { SELECT ?one ?person WHERE { ?one tg:viaHolding/org:member ?holder . ?person a tg:Person . FILTER (?person != ?holder) } ORDER BY ?one ?person LIMIT 1 }
    OPTIONAL { ?one tg:participant ?old }
}
