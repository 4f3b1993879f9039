# A figure replaces a mission.
PREFIX tg: <https://w3id.org/tradegraph/def#>

INSERT { ?one tg:supersedes ?two }
WHERE { { SELECT ?one ?two WHERE { ?one a tg:Observation . ?two a tg:MissionSet } ORDER BY ?one ?two LIMIT 1 } }
