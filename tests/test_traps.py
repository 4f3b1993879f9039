"""What makes the documents hard to read, and what the graph says about it: one test for each trap.

Things are written `kind/key`, as in their IRIs; numbers, names and dates are those that a reader finds in the text.
"""

import re
from collections import Counter
from decimal import Decimal

from pyoxigraph import Store

from tradegraph.namespaces import ID, PREFIXES
from tradegraph.store import Asker

_PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_BILLION = Decimal(10**9)


def rows(store: Store, select: str) -> set[tuple[str, ...]]:
    """Return the solutions of a SELECT; relative IRIs in it (`<id/mission/2025-kenya>`) are those of the project."""
    return {
        tuple(text.removeprefix(f"<{ID}").removesuffix(">") for text in row.texts())
        for row in Asker(store).rows(_PROLOGUE + select)
    }


def which(store: Store, where: str) -> set[str]:
    """Return what `?x` may be in a graph pattern."""
    return {x for (x,) in rows(store, f"SELECT ?x WHERE {{ {where} }}")}


def value(store: Store, figure: str) -> Decimal:
    """Return the one value of a figure, given by key."""
    (number,) = which(store, f"<id/observation/{figure}> sdmx-measure:obsValue ?x")
    return Decimal(number)


def test_the_question_list_in_hand_is_a_draft_and_names_no_minister(release_dataset: Store) -> None:
    draft, published = "<id/document-version/kst-36180-179_draft>", "<id/document/kst-36180-179>"
    (label,) = which(release_dataset, f"{draft} eli:realizes {published} ; rdfs:label ?x FILTER (lang(?x) = 'en')")
    assert label.startswith("draft of ")
    assert which(release_dataset, f"?x eli:realizes {published}") == {"document-version/kst-36180-179_draft"}
    assert which(release_dataset, f"{published} dct:issued ?x") == {"2025-11-03"}
    notes = which(release_dataset, f"{published} tg:curationNote ?x FILTER (lang(?x) = 'en')")
    assert any("not in the draft" in note for note in notes)
    assert not which(release_dataset, f"{published} tg:issuedVia ?x")
    assert rows(
        release_dataset,
        f"SELECT ?stated ?reason WHERE {{ ?s a tg:AbsenceStatement ; tg:about {published} ; "
        "tg:valueAsStated ?stated ; tg:missingReason ?reason }",
    ) == {("XXX", "con:missing-not-in-text")}


def test_a_missing_word_billion_is_read_from_the_total_and_the_words_are_kept(release_dataset: Store) -> None:
    select = """SELECT ?value ?stated WHERE {
        <id/observation/nld-isr-2024-import-goods> sdmx-measure:obsValue ?value ; tg:valueAsStated ?stated }"""
    assert rows(release_dataset, select) == {("2420000000", "EUR 2,42")}
    assert (
        value(release_dataset, "nld-isr-2024-import") - value(release_dataset, "nld-isr-2024-import-services")
        == Decimal("2.422") * _BILLION
    )


def test_displaced_words_do_not_displace_the_amount(release_dataset: Store) -> None:
    select = """SELECT ?value ?unit ?stated WHERE { <id/observation/nld-2023-import-goods>
        sdmx-measure:obsValue ?value ; sdmx-attribute:unitMeasure ?unit ; tg:valueAsStated ?stated }"""
    assert rows(release_dataset, select) == {("591800000000", "con:unit-eur", "591,8 miljard")}


def test_two_answers_round_re_exports_differently_and_do_not_contradict_each_other(release_dataset: Store) -> None:
    answer_14, answer_41 = "nld-2023-re-export-goods", "kst-36180-179-a41-re-export-2023"
    assert value(release_dataset, answer_14) == Decimal("352.5") * _BILLION
    assert value(release_dataset, answer_41) == Decimal("352.4") * _BILLION
    made, total = (value(release_dataset, key) for key in ("nld-2023-export-goods-dutch-made", "nld-2023-export-goods"))
    assert made + value(release_dataset, answer_41) == total
    assert made + value(release_dataset, answer_14) - total == Decimal("0.1") * _BILLION
    for figure in (answer_14, answer_41):
        linked = f"<id/observation/{figure}> tg:contradicts|^tg:contradicts|tg:supersedes|^tg:supersedes ?x"
        assert not which(release_dataset, linked)


def test_answer_30_repeats_the_table_of_answer_17_without_business_services(release_dataset: Store) -> None:
    first, second = (
        rows(
            release_dataset,
            f"""SELECT ?sector ?indicator ?value WHERE {{ ?figure tg:refSector ?sector ; tg:indicator ?indicator ;
                sdmx-measure:obsValue ?value ; tg:cellReference ?cell ;
                tg:statedIn/tg:inPart <id/document-part/kst-36180-179_draft-q{number}> }}""",
        )
        for number in (17, 30)
    )
    assert first - second == {
        ("con:sector-business-services", "con:indicator-export-employment-direct", "273000"),
        ("con:sector-business-services", "con:indicator-export-employment-indirect", "486300"),
    }
    assert len(second) == 10
    assert second < first


def test_the_import_table_adds_up_for_goods_and_misses_a_tenth_for_services(release_dataset: Store) -> None:
    off = {}
    for column, kind in ((1, "goods"), (2, "services")):
        cells = rows(
            release_dataset,
            f"""SELECT ?cell ?value WHERE {{ ?figure tg:cellReference ?cell ; sdmx-measure:obsValue ?value ;
                tg:statedIn/tg:inPart <id/document-part/kst-36180-179_draft-q14>
                FILTER STRENDS(?cell, "c{column}") }}""",
        )
        table = {cell: Decimal(number) / _BILLION for cell, number in cells}
        assert len(cells) == len(table) == 5
        off[kind] = sum(table.values()) - 2 * table[f"r5c{column}"]
    assert off == {"goods": 0, "services": Decimal("0.1")}


def test_one_survey_item_has_two_values_that_contradict_each_other(release_dataset: Store) -> None:
    select = """SELECT ?value ?stated ?other WHERE {
        ?figure tg:indicator con:indicator-follow-up-contract-share ; tg:year 2025 ; tg:valueAsStated ?stated ;
            sdmx-measure:obsValue ?value ; tg:contradicts/sdmx-measure:obsValue ?other }"""
    assert rows(release_dataset, select) == {("56", "56%", "55"), ("55", "nu 55%", "56")}


def test_ten_economic_missions_were_held_in_2025_and_the_one_to_suriname_is_none_of_them(
    release_dataset: Store,
) -> None:
    members = rows(
        release_dataset,
        "SELECT ?m ?country WHERE { ?m tg:inSet <id/mission-set/economic-2025> ; tg:destination ?country }",
    )
    countries = Counter(country.removeprefix("territory/") for _, country in members)
    assert countries == Counter(["ken", "ita", "jpn", "jpn", "idn", "che", "fra", "ind", "vnm", "sau"])
    assert which(release_dataset, "?x a tg:EconomicMission ; tg:year 2025") == {mission for mission, _ in members}
    suriname = "<id/mission/2025-suriname>"
    assert which(release_dataset, f"{suriname} a ?x") == {"tg:Mission", "tg:Event"}
    assert "organisation/invest-international" in which(release_dataset, f"?x tg:participatesIn {suriname}")


def test_the_average_contract_value_is_stored_as_stated_because_2022_is_missing(release_dataset: Store) -> None:
    average = "<id/observation/kst-36180-179-a89-average-value>"
    assert value(release_dataset, "kst-36180-179-a89-average-value") == Decimal("1.367") * _BILLION
    assert which(release_dataset, f"{average} tg:valueAsStated ?x") == {"EUR 1,367 miljard"}
    assert which(release_dataset, f"{average} sdmx-dimension:refPeriod ?x") == {"period/2022-2024"}
    assert not which(release_dataset, f"{average} tg:derivedFrom ?x")
    select = """SELECT ?set ?reason WHERE { ?figure tg:indicator con:indicator-expected-contract-value ;
        tg:refThing ?set ; tg:year 2022 ; tg:missingReason ?reason ; sdmx-attribute:obsStatus sdmx-code:obsStatus-M .
        ?set a tg:MissionSet FILTER NOT EXISTS { ?figure sdmx-measure:obsValue ?value } }"""
    assert rows(release_dataset, select) == {
        ("mission-set/bho-led-2022", "con:missing-not-available"),
        ("mission-set/other-led-2022", "con:missing-not-in-text"),
    }


def test_of_three_counts_of_the_expo_only_the_intentions_are_counted_so_far(release_dataset: Store) -> None:
    select = """SELECT ?value ?stated ?qualifier WHERE {
        VALUES ?figure { <id/observation/expo-edition> <id/observation/expo-cooperation-intentions>
                         <id/observation/expo-events-held> }
        ?figure sdmx-measure:obsValue ?value ; tg:valueAsStated ?stated ; tg:valueQualifier ?qualifier }"""
    assert rows(release_dataset, select) == {
        ("36", "36e editie", "con:qualifier-exact"),
        ("27", "tot nu toe 27", "con:qualifier-so-far"),
        ("143", "143 evenementen", "con:qualifier-exact"),
    }


def test_a_relative_date_keeps_its_words_and_is_a_date_only_where_it_can_be_one(release_dataset: Store) -> None:
    select = """SELECT ?thing ?stated ?date WHERE {
        VALUES ?thing {
            <id/event/committee-debate-informal-foreign-affairs-council> <id/event/ep-juri-position-omnibus-1>
            <id/document/cabinet-assessment-eu-mercosur> <id/commitment/kst-36180-179-commitment-104> }
        ?thing tg:dateAsStated ?stated . OPTIONAL { ?thing tg:eventDate|dct:issued|tg:dueDate ?date } }"""
    assert rows(release_dataset, select) == {
        ("event/committee-debate-informal-foreign-affairs-council", "10 september jl.", "2025"),
        ("event/ep-juri-position-omnibus-1", "13 oktober jl.", "2025-10-13"),
        ("document/cabinet-assessment-eu-mercosur", "dit najaar", ""),
        ("commitment/kst-36180-179-commitment-104", "dit najaar", "2025"),
    }


def test_a_sentence_without_subject_is_about_the_minister_who_signed_the_letter(release_dataset: Store) -> None:
    egypt = "<id/mission/2026-05-egypt>"
    assert which(release_dataset, f"{egypt} tg:ledBy ?x") == {"office/minister-bhos", "person/s-w-sjoerdsma"}
    assert which(release_dataset, f"{egypt} tg:eventDate ?x") == {"2026-05"}
    assert which(release_dataset, f"{egypt} tg:hasStatus ?x") == {"con:status-planned"}
    signed = "<id/document/letter-economic-missions-2025> tg:issuedVia/org:member ?x"
    assert which(release_dataset, signed) == {"person/s-w-sjoerdsma"}


def test_page_numbers_within_a_sentence_are_in_no_passage(release_dataset: Store) -> None:
    select = """SELECT ?passage ?start ?end WHERE { <id/answer/kst-36180-179-67> tg:statedIn ?passage .
        ?passage oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end FILTER (?start >= 61452) }"""
    assert rows(release_dataset, select) == {
        ("passage/kst-36180-179-a67-2", "61452", "61484"),
        ("passage/kst-36180-179-a67-3", "61490", "61539"),
    }


def test_no_stated_form_contains_page_furniture(release_dataset: Store) -> None:
    stated = which(release_dataset, "?s tg:valueAsStated|tg:nameAsStated|tg:officeAsStated|tg:dateAsStated ?x")
    assert len(stated) > 1000
    furniture = re.compile(r"Totaallijst|\n|^\d{1,3}/\d{3}$|1411 2|12 13")
    assert not [form for form in stated if furniture.search(form)]


def test_questions_are_numbered_1_to_148_and_footnotes_and_pages_are_no_questions(release_dataset: Store) -> None:
    numbers = which(release_dataset, "?question a tg:ParliamentaryQuestion ; tg:questionNumber ?x")
    assert numbers == {str(number) for number in range(1, 149)}
    for kind, path in (("question", "tg:questionNumber"), ("answer", "tg:answers/tg:questionNumber")):
        where = rows(
            release_dataset,
            f"SELECT ?number ?where WHERE {{ ?s {path} ?number ; tg:statedIn/tg:locator ?where "
            f"FILTER (lang(?where) = 'en' && CONTAINS(?where, ', {kind} ')) }}",
        )
        assert {number for number, _ in where} == numbers
        assert all(f", {kind} {number}, " in locator for number, locator in where)
    locators = which(release_dataset, "?p tg:locator ?x FILTER (lang(?x) = 'en' && CONTAINS(?x, '179, footnote '))")
    footnotes = {int(re.findall(r"footnote (\d+),", locator)[0]) for locator in locators}
    assert min(footnotes) == 1
    assert max(footnotes) == 66


def test_answers_refer_to_eighteen_other_answers_and_none_of_those_refers_on(release_dataset: Store) -> None:
    select = """SELECT ?from ?to WHERE {
        ?answer tg:answers/tg:questionNumber ?from ; tg:refersToAnswer/tg:answers/tg:questionNumber ?to }"""
    references = {(int(source), int(target)) for source, target in rows(release_dataset, select)}
    assert references == {
        (19, 129), (28, 25), (32, 37), (52, 50), (58, 57), (67, 65), (69, 50), (73, 72), (79, 49),
        (110, 111), (112, 46), (116, 118), (121, 120), (122, 120), (126, 125), (140, 139), (141, 139), (148, 143),
    }  # fmt: skip
    assert not {source for source, _ in references} & {target for _, target in references}
    only = "<id/answer/kst-36180-179-28> tg:answerDisposition ?x"
    assert which(release_dataset, only) == {"con:answer-disposition-refers-to-other-answer"}
    part = "<id/document-part/kst-36180-179_draft-q28>"
    assert "passage/kst-36180-179-a28-1" in which(release_dataset, f"?x tg:inPart {part}")
    assert not which(release_dataset, f"?x a tg:Observation ; tg:statedIn/tg:inPart {part}")


def test_variant_and_wrong_spellings_lead_to_one_thing(release_dataset: Store) -> None:
    def named(pattern: str) -> set[tuple[str, ...]]:
        return rows(
            release_dataset,
            "SELECT ?thing ?name WHERE { ?s tg:nameAsStated ?name ; tg:mentions|rdf:object ?thing "
            f"FILTER REGEX(STR(?name), '^({pattern})$') }}",
        )

    assert named("Sudan|Soedan") == {("territory/sdn", "Sudan"), ("territory/sdn", "Soedan")}
    saudi = {(thing, name) for thing, name in named("Sa(u|oe)di-Arabië") if thing.startswith("territory/")}
    assert saudi == {("territory/sau", "Saudi-Arabië"), ("territory/sau", "Saoedi-Arabië")}
    assert named("Luchvaart") == {("con:sector-aviation", "Luchvaart")}
    follow_up = "?s tg:nameAsStated ?n ; rdf:subject ?x FILTER (STR(?n) = 'vervolgmmissies')"
    assert which(release_dataset, follow_up) == {"mission/japan-counter-visits"}


def test_an_agreement_is_found_by_short_name_long_title_and_publication_and_is_not_its_publication(
    release_dataset: Store,
) -> None:
    agreement = "<id/agreement/eu-isr-association-agreement>"
    assert "EU-Israël Associatieovereenkomst" in which(release_dataset, f"{agreement} rdfs:label ?x")
    (title,) = which(release_dataset, f"{agreement} tg:nameAsStated ?x")
    assert title.startswith("Euro-Mediterrane Overeenkomst waarbij een associatie tot stand wordt gebracht")
    published = rows(
        release_dataset,
        f"SELECT ?reference ?in WHERE {{ {agreement} tg:sourceReference ?reference ; tg:publishedIn ?in }}",
    )
    assert published == {("Trb. 1996, 92", "document/trb-1996-92")}
    assert which(release_dataset, "<id/document/trb-1996-92> a ?x") == {"tg:OfficialPublication", "tg:Document"}
    assert "tg:OfficialPublication" not in which(release_dataset, f"{agreement} a ?x")


def test_an_office_keeps_its_words_and_is_resolved_beside_them(release_dataset: Store) -> None:
    select = """SELECT ?office ?label ?stated WHERE { ?p tg:officeAsStated ?stated ; tg:viaOffice ?office ;
        tg:participationRole con:role-mission-leader ; tg:participationIn/tg:destination <id/territory/jpn> .
        ?office rdfs:label ?label FILTER (lang(?label) = "nl") }"""
    lvvn = "staatssecretaris van Landbouw, Visserij, Voedselzekerheid en Natuur"
    assert rows(release_dataset, select) == {
        (
            "office/minister-ez",
            "minister van Economische Zaken",
            "de toenmalige minister van Economische Zaken en Klimaat",
        ),
        (
            "office/minister-kgg",
            "minister van Klimaat en Groene Groei",
            "de toenmalige minister voor Klimaat en Groene Groei",
        ),
        ("office/state-secretary-lvvn", lvvn, f"de toenmalige {lvvn}"),
    }
    then = "?s rdfs:label ?x FILTER REGEX(STR(?x), 'toenmalig|voormalig', 'i')"
    assert not which(release_dataset, then)


def test_three_trade_offices_follow_each_other_and_no_holding_is_in_a_cabinet_as_organisation(
    release_dataset: Store,
) -> None:
    assert rows(release_dataset, "SELECT ?before ?after WHERE { ?before tg:succeededByOffice ?after }") == {
        ("office/minister-bho", "office/state-secretary-bh"),
        ("office/state-secretary-bh", "office/minister-bhos"),
    }
    assert which(release_dataset, "<id/holding/klever-bho> org:organization ?x") == {"organisation/ministry-bz"}
    assert which(release_dataset, "<id/holding/klever-bho> tg:inCabinet ?x") == {"cabinet/schoof"}
    assert not which(release_dataset, "?x a tg:OfficeHolding ; org:organization/a tg:Cabinet")


def test_a_misspelt_ministry_is_the_same_ministry(release_dataset: Store) -> None:
    select = """SELECT ?who ?stated WHERE { ?p a tg:Participation ; tg:participant ?who ; tg:nameAsStated ?stated
        FILTER CONTAINS(?stated, "Onderwijs, Cultuur") }"""
    assert rows(release_dataset, select) == {
        ("organisation/ministry-ocw", "Ministerie van Onderwijs, Cultuur en Wetenschap"),
        ("organisation/ministry-ocw", "Ministerie van Onderwijs, Cultuur en Wetenschappen"),
    }


def test_one_amount_for_two_countries_is_one_figure_and_is_not_divided(release_dataset: Store) -> None:
    figure = "observation/missions-2025-invest-international-financing"
    assert which(release_dataset, "?x tg:indicator con:indicator-investment-made-available ; tg:year 2025") == {figure}
    assert value(release_dataset, figure.removeprefix("observation/")) == 300_000_000
    assert not which(release_dataset, f"<id/{figure}> tg:counterpartArea|sdmx-dimension:refArea ?x")
    assert not which(release_dataset, f"?x tg:derivedFrom <id/{figure}>")
    where = f"<id/{figure}> tg:statedIn/^tg:statedIn ?p . ?p a tg:Project ; tg:inTerritory ?x"
    assert which(release_dataset, where) == {"territory/idn", "territory/ind"}


def test_one_letter_counts_two_missions_to_japan_and_the_other_names_three_led_by_a_member_of_government(
    release_dataset: Store,
) -> None:
    counted = "?x a tg:EconomicMission ; tg:destination <id/territory/jpn> ; tg:inSet <id/mission-set/economic-2025>"
    assert which(release_dataset, counted) == {"mission/2025-japan-1", "mission/2025-japan-2"}
    select = """SELECT ?mission ?office WHERE { ?mission tg:destination <id/territory/jpn> ; tg:ledBy ?office ;
        tg:inSet <id/mission-set/japan-expo-2025> . ?office a tg:Office }"""
    assert rows(release_dataset, select) == {
        ("mission/2025-05-japan-hightech", "office/minister-ez"),
        ("mission/2025-06-japan-food", "office/state-secretary-lvvn"),
        ("mission/2025-09-japan-energy", "office/minister-kgg"),
    }
    assert not which(release_dataset, "?x a tg:EconomicMission ; tg:inSet <id/mission-set/japan-expo-2025>")
    same = "schema:sameAs|^schema:sameAs|owl:sameAs|^owl:sameAs"
    assert not which(release_dataset, f"?m tg:inSet <id/mission-set/economic-2025-japan> ; {same} ?x")
    leader = "?p tg:participationRole con:role-mission-leader ; tg:resolution ?x ; tg:participationIn"
    assert which(release_dataset, f"{leader} <id/mission/2025-japan-1>") == {"con:resolution-unresolved"}


def test_no_gold_from_sudan_is_the_value_zero_and_what_products_contain_is_not_known(release_dataset: Store) -> None:
    select = """SELECT ?value ?unit ?status ?year WHERE { <id/observation/nld-sdn-gold-2024-value>
        tg:counterpartArea <id/territory/sdn> ; tg:productCategory con:product-hs-7108 ; tg:year ?year ;
        sdmx-measure:obsValue ?value ; sdmx-attribute:unitMeasure ?unit ; sdmx-attribute:obsStatus ?status }"""
    assert rows(release_dataset, select) == {("0", "con:unit-usd", "sdmx-code:obsStatus-A", "2024")}
    embedded = """?figure tg:indicator con:indicator-embedded-import-share ; tg:productCategory con:product-hs-7108 ;
        tg:missingReason ?x FILTER NOT EXISTS { ?figure sdmx-measure:obsValue ?value }"""
    assert which(release_dataset, embedded) == {"con:missing-not-determinable"}


def test_two_sets_are_both_called_gulf_and_are_kept_apart(release_dataset: Store) -> None:
    select = """SELECT ?set ?member WHERE { ?set a tg:CountryGrouping ; tg:nameAsStated ?name .
        ?member tg:inGrouping ?set FILTER (STR(?name) = "Golfregio") }"""
    two, six = ("sau", "are"), ("sau", "are", "kwt", "qat", "bhr", "omn")
    priority = {("grouping/priority-markets-gulf", f"territory/{code}") for code in two}
    strategic = {("grouping/strategic-region-gulf", f"territory/{code}") for code in six}
    assert rows(release_dataset, select) == priority | strategic
    part_of = "<id/grouping/{}> tg:partOfGrouping ?x"
    assert which(release_dataset, part_of.format("priority-markets-gulf")) == {"grouping/priority-markets"}
    assert not which(release_dataset, part_of.format("strategic-region-gulf"))


def test_asean_5_is_the_five_countries_of_the_answer_and_no_set_from_elsewhere(release_dataset: Store) -> None:
    asean = "<id/grouping/strategic-region-asean-5>"
    members = which(release_dataset, f"?x tg:inGrouping {asean}")
    assert members == {f"territory/{code}" for code in ("idn", "vnm", "sgp", "mys", "tha")}
    assert not which(release_dataset, f"{asean} schema:sameAs|owl:sameAs|tg:authorityConcept ?x")


def test_twenty_five_priority_markets_include_a_territory_that_is_no_country(release_dataset: Store) -> None:
    assert len(which(release_dataset, "?x tg:inGrouping <id/grouping/priority-markets>")) == 25
    counted = "?s a tg:CompletenessStatement ; tg:aboutSet <id/grouping/priority-markets> ; tg:statedCount ?x"
    assert which(release_dataset, counted) == {"25"}
    other = "?x tg:inGrouping <id/grouping/priority-markets> FILTER NOT EXISTS { ?x a tg:Country }"
    assert which(release_dataset, other) == {"territory/twn"}


def test_two_countries_named_together_are_one_mission(release_dataset: Store) -> None:
    select = """SELECT ?mission ?country WHERE { ?mission tg:inSet <id/mission-set/economic-2026> ;
        tg:destination ?country , ?other FILTER (?country != ?other) }"""
    assert rows(release_dataset, select) == {
        ("mission/2026-sweden-norway", "territory/swe"),
        ("mission/2026-sweden-norway", "territory/nor"),
        ("mission/2026-qatar-uae", "territory/qat"),
        ("mission/2026-qatar-uae", "territory/are"),
    }


def test_eight_missions_so_far_do_not_contradict_ten_in_the_year(release_dataset: Store) -> None:
    select = """SELECT ?set ?value ?qualifier ?known WHERE { ?figure tg:indicator con:indicator-missions-held ;
        tg:year 2025 ; tg:refThing ?set ; sdmx-measure:obsValue ?value ; tg:valueQualifier ?qualifier .
        OPTIONAL { ?figure tg:knownOn ?known }
        VALUES ?set {
            <id/mission-set/bho-led-2025> <id/mission-set/other-led-2025> <id/mission-set/economic-2025> } }"""
    assert rows(release_dataset, select) == {
        ("mission-set/bho-led-2025", "5", "con:qualifier-so-far", "2025-11-03"),
        ("mission-set/other-led-2025", "3", "con:qualifier-so-far", "2025-11-03"),
        ("mission-set/economic-2025", "10", "con:qualifier-exact", ""),
    }
    assert not which(release_dataset, "?figure tg:indicator con:indicator-missions-held ; tg:contradicts ?x")


def test_a_mission_announced_in_one_document_and_held_in_another_is_one_mission(release_dataset: Store) -> None:
    select = """SELECT ?older ?newer WHERE { ?old tg:statusOf <id/mission/2025-saudi-arabia> ; tg:status ?older .
        ?new tg:supersedes ?old ; tg:status ?newer ; tg:statusOf <id/mission/2025-saudi-arabia> }"""
    assert rows(release_dataset, select) == {("con:status-planned", "con:status-held")}
    assert which(release_dataset, "<id/mission/2025-saudi-arabia> tg:hasStatus ?x") == {"con:status-held"}


def test_the_ambassador_who_stays_at_home_is_a_denied_participation(release_dataset: Store) -> None:
    select = """SELECT ?office ?mission WHERE { ?p a tg:Participation ; tg:polarity con:polarity-negated ;
        tg:viaOffice ?office ; tg:participationIn ?mission }"""
    assert rows(release_dataset, select) == {("office/human-rights-ambassador", "mission/2025-saudi-arabia")}
    joined = which(release_dataset, "<id/office/human-rights-ambassador> tg:participatesIn ?x")
    assert joined == {"event/consultations-human-rights-saudi-arabia"}


def test_a_royal_visit_is_never_a_mission(release_dataset: Store) -> None:
    assert which(release_dataset, "<id/event/working-visit-usa-2026> a ?x") == {"tg:Visit", "tg:Event"}
    assert not which(release_dataset, "?x a tg:Visit , tg:Mission")
    assert not which(release_dataset, "?x a tg:EconomicMission ; tg:year 2026 ; tg:destination <id/territory/usa>")


def test_a_negotiation_that_has_not_begun_has_no_treaty(release_dataset: Store) -> None:
    negotiation = "<id/negotiation/nld-tza-investment-protection>"
    assert which(release_dataset, f"{negotiation} tg:hasStatus ?x") == {"con:status-not-started"}
    assert which(release_dataset, "?x tg:hasStatus con:status-negotiating") >= {
        "negotiation/nld-nga-investment-protection",
        "negotiation/nld-gha-investment-protection",
    }
    assert not which(release_dataset, "?x a tg:Agreement ; tg:party <id/territory/tza>")


def test_the_kingdom_and_not_the_country_is_party_to_the_two_tax_treaties_with_israel(release_dataset: Store) -> None:
    select = """SELECT ?treaty ?party WHERE { ?treaty a tg:Treaty ; tg:party <id/territory/isr> , ?party ;
        tg:agreementType ?type FILTER (STRSTARTS(STR(?type), STR(con:agreement-type-tax-)))
        FILTER (?party != <id/territory/isr>) }"""
    assert rows(release_dataset, select) == {
        ("agreement/nld-isr-tax-income-capital", "territory/kingdom-of-the-netherlands"),
        ("agreement/nld-isr-tax-inheritance", "territory/kingdom-of-the-netherlands"),
    }
    assert not which(release_dataset, "?x a tg:Treaty ; tg:party <id/territory/nld>")
    kingdom = "<id/territory/nld> tg:partOfTerritory ?x"
    assert which(release_dataset, kingdom) == {"territory/kingdom-of-the-netherlands"}


def test_that_no_financial_treaty_with_israel_exists_is_said_and_not_left_to_an_empty_answer(
    release_dataset: Store,
) -> None:
    select = """SELECT ?party ?polarity ?known WHERE { ?s a tg:AbsenceStatement ; tg:aboutClass tg:Treaty ;
        tg:aboutAgreementType con:agreement-type-financial ; tg:aboutParty ?party ; tg:polarity ?polarity ;
        tg:knownOn ?known }"""
    assert rows(release_dataset, select) == {
        ("territory/isr", "con:polarity-negated", "2025-11-03"),
        ("territory/kingdom-of-the-netherlands", "con:polarity-negated", "2025-11-03"),
    }
    assert not which(release_dataset, "?x a tg:Treaty ; tg:agreementType con:agreement-type-financial")


def test_a_refused_answer_is_a_refusal_and_gives_no_figure(release_dataset: Store) -> None:
    for number in (11, 12, 13, 26, 34):
        answer = f"<id/answer/kst-36180-179-{number}>"
        assert which(release_dataset, f"{answer} tg:answerDisposition ?x") == {"con:answer-disposition-refused"}
        part = f"<id/document-part/kst-36180-179_draft-q{number}>"
        assert len(which(release_dataset, f"?x a tg:NonDisclosure ; tg:statedIn/tg:inPart {part}")) == 1
        assert not which(release_dataset, f"?x a tg:Observation ; tg:statedIn/tg:inPart {part}")


def test_import_values_of_the_united_nations_are_in_dollars_and_those_of_statistics_netherlands_in_euros(
    release_dataset: Store,
) -> None:
    for source, unit in (("un-comtrade", "con:unit-usd"), ("cbs-nederland-handelsland-2025", "con:unit-eur")):
        where = "?f tg:indicator con:indicator-trade-value ; sdmx-attribute:unitMeasure ?x ; tg:accordingTo"
        assert which(release_dataset, f"{where} <id/document/{source}>") == {unit}


def test_a_footnote_that_is_called_but_not_printed_is_said_to_be_missing(release_dataset: Store) -> None:
    texts = which(
        release_dataset,
        "?s a tg:AbsenceStatement ; tg:aboutClass tg:Document ; tg:text ?x "
        "FILTER (lang(?x) = 'en' && CONTAINS(?x, 'calls footnote'))",
    )
    missing = {int(found[1]) for text in texts if (found := re.search(r"has no footnote (\d+)", text))}
    assert missing == {29, 31, 32, 33, 34, 36, 37, 38, 41, 42, 45, *range(48, 63)}
    printed = {int(key.split("-fn")[1].split("-")[0]) for key in which(release_dataset, _FOOTNOTE)}
    assert sorted(missing | printed) == list(range(1, 67))
    assert not missing & printed


_FOOTNOTE = """?x tg:inPart <id/document-part/kst-36180-179_draft-fn>"""


def test_every_printed_footnote_belongs_to_an_answer(release_dataset: Store) -> None:
    alone = f"{_FOOTNOTE} FILTER NOT EXISTS {{ ?answer a tg:Answer ; tg:statedIn ?x }}"
    assert which(release_dataset, _FOOTNOTE)
    assert not which(release_dataset, alone)


def test_an_answer_cites_a_document_in_the_passage_that_names_it(release_dataset: Store) -> None:
    select = """SELECT ?document ?passage WHERE { ?r rdf:subject <id/answer/kst-36180-179-46> ;
        rdf:predicate tg:cites ; rdf:object ?document ; tg:statedIn ?passage }"""
    footnote = "passage/kst-36180-179-fn{}-1"
    found = rows(release_dataset, select)
    assert ("document/kst-21501-02-3127", footnote.format(24)) in found
    assert ("document/kst-21501-02-3158", footnote.format(22)) in found
    assert ("document/kst-21501-02-3127", footnote.format(22)) not in found


def test_a_figure_given_twice_is_linked_and_counts_once(release_dataset: Store) -> None:
    select = """SELECT ?first ?value ?again WHERE { ?later tg:restates ?first ; sdmx-measure:obsValue ?again .
        ?first tg:indicator con:indicator-re-export-value ; sdmx-measure:obsValue ?value }"""
    assert rows(release_dataset, select) == {("observation/nld-2023-re-export-goods", "352500000000", "352400000000")}
    exports = """?x tg:indicator con:indicator-trade-value ; tg:tradeFlow con:trade-flow-export ; tg:year 2023 ;
        tg:refThing <id/territory/nld> FILTER NOT EXISTS { ?x tg:restates ?other }
        FILTER NOT EXISTS { ?x tg:counterpartArea ?area }"""
    assert which(release_dataset, exports) == {"observation/nld-2023-export"}


def test_a_cell_cites_the_caption_that_gives_its_unit_and_year(release_dataset: Store) -> None:
    cells = """?x tg:cellReference ?cell ; tg:statedIn ?row . ?row tg:locator ?where
        FILTER (lang(?where) = 'en' && REGEX(?where, 'table( [0-9])?, row '))
        FILTER NOT EXISTS { ?x tg:statedIn/tg:locator ?caption
            FILTER (lang(?caption) = 'en' && CONTAINS(?caption, ', caption ')) }"""
    assert not which(release_dataset, cells)


def test_two_pages_in_a_margin_are_the_first_and_the_last(release_dataset: Store) -> None:
    select = """SELECT ?number ?first ?last ?where WHERE { VALUES ?number { 114 129 143 }
        ?q tg:questionNumber ?number ; tg:aboutFirstPage ?first ; tg:aboutLastPage ?last ; tg:statedIn/tg:locator ?where
        FILTER (lang(?where) = 'en' && CONTAINS(?where, 'margin')) }"""
    margin = "Question list 36180-179, question {}, margin (line {})"
    assert rows(release_dataset, select) == {
        ("114", "13", "16", margin.format(114, 2147)),
        ("129", "15", "16", margin.format(129, 2411)),
        ("143", "18", "18", margin.format(143, 2799)),
    }


def test_every_question_with_a_page_has_a_first_and_a_last_one_printed_beside_it(release_dataset: Store) -> None:
    select = """SELECT ?q WHERE { ?q tg:aboutPages ?page
        FILTER NOT EXISTS { ?q tg:aboutFirstPage ?first ; tg:aboutLastPage ?last ; tg:aboutPages ?one , ?other
            FILTER (STR(?first) = ?one && STR(?last) = ?other) } }"""
    assert which(release_dataset, "?x tg:aboutPages ?page")
    assert not rows(release_dataset, select)


def test_what_a_question_asks_and_its_answer_does_not_say_is_said_of_that_question(release_dataset: Store) -> None:
    asked = "?s tg:missingReason con:missing-not-answered ; tg:about/tg:questionNumber ?x"
    assert {"32", "65", "84", "115", "121", "137"} <= which(release_dataset, asked)
    full = """?s tg:missingReason con:missing-not-answered ; tg:about ?x . ?answer tg:answers ?x
        FILTER NOT EXISTS { ?answer tg:answerDisposition ?how
            FILTER (?how IN (con:answer-disposition-partly, con:answer-disposition-refers-to-other-answer,
                con:answer-disposition-does-not-exist)) }"""
    assert not which(release_dataset, full)


def test_one_programme_under_two_names_is_called_possibly_the_same(release_dataset: Store) -> None:
    gazette = "(tg:possiblySameAs?/tg:legalBasis) ?x"
    for name in ("svom", "mvo-mkb-subsidy"):
        assert which(release_dataset, f"<id/instrument/{name}> {gazette}") == {"document/stcrt-2025-31460"}


def test_a_name_that_a_line_breaks_is_whole_in_texts_and_broken_as_stated(release_dataset: Store) -> None:
    passage = "<id/passage/kst-36180-179-a49-4>"
    assert which(release_dataset, f"?m a tg:Mention ; tg:statedIn {passage} ; tg:nameAsStated ?x") >= {"MVO- steunpunt"}
    assert which(release_dataset, f"{passage} tg:paraphrase ?x FILTER CONTAINS(?x, 'MVO-steunpunt')")


def test_a_parliamentary_paper_has_one_form_of_reference_however_it_is_printed(release_dataset: Store) -> None:
    numbers = which(release_dataset, "?paper dct:identifier ?x FILTER CONTAINS(?x, 'Kamerstuk')")
    assert len(numbers) > 8
    assert [
        number for number in numbers if not re.fullmatch(r"Kamerstuk \d{5}(-[IVX]+|-\d{2})?, nr\. \d+", number)
    ] == []
    printed = which(release_dataset, "?m tg:mentions <id/document/kst-21501-02-3221> ; tg:nameAsStated ?x")
    assert {"Kamerstuk 21501 02, nr. 3221", "21501-02, nr. 3221"} <= printed
