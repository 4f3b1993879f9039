# A non-binding instrument is marked as binding.
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX tg: <https://w3id.org/tradegraph/def#>

DELETE { ?one tg:bindingness ?old }
INSERT { ?one tg:bindingness con:bindingness-binding }
WHERE { { SELECT ?one WHERE { ?one a tg:NonBindingInstrument } ORDER BY ?one LIMIT 1 } ?one tg:bindingness ?old }
