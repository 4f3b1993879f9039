# An office holding ends before the event that it is named for.
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?holding tg:validFrom ?from . ?holding tg:validUntil ?until }
INSERT { ?holding tg:validFrom "1901-01-01"^^xsd:date ; tg:validUntil "1902-01-01"^^xsd:date }
WHERE {
    { SELECT ?holding WHERE { ?one tg:viaHolding ?holding ; tg:participationIn ?event . ?event tg:eventDate|tg:validFrom ?day } ORDER BY ?holding LIMIT 1 }
    OPTIONAL { ?holding tg:validFrom ?from }
    OPTIONAL { ?holding tg:validUntil ?until }
}
