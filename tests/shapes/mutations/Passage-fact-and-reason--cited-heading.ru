# A passage that is the source of something is marked as a heading.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:statesNoFact con:no-fact-heading }
WHERE { { SELECT ?one WHERE { ?x tg:statedIn ?one . ?x a tg:Observation . FILTER NOT EXISTS { ?one tg:statesNoFact ?any } } ORDER BY ?one LIMIT 1 } }
