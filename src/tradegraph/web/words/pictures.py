"""Words of map, timeline, statistics and charts."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # Pictures
    "picture_source": Words("Bron: {names}.", "Source: {names}."),
    "picture_release": Words("uitgave", "release"),
    "picture_png": Words("Download als PNG", "Download as PNG"),
    "picture_bars_text": Words(
        "Staafdiagram met {n} staven; dezelfde cijfers staan in de tabel.",
        "Bar chart with {n} bars; the table has the same figures.",
    ),
    "picture_lines_text": Words(
        "Lijndiagram met {n} lijnen; dezelfde cijfers staan in de tabel.",
        "Line chart with {n} lines; the table has the same figures.",
    ),
    "picture_map_text": Words(
        "Kaart met {n} gekleurde gebieden; de lijst eronder zegt hetzelfde in woorden.",
        "Map with {n} coloured territories; the list below says the same in words.",
    ),
    # Embedding
    "embed_heading": Words("Insluiten in een andere website", "Embed in another website"),
    "embed_text": Words(
        "Kopieer de HTML. De bron blijft er altijd bij staan. Met theme=light of theme=dark kiest u de kleur.",
        "Copy the HTML below. The source always stays with it. With theme=light or theme=dark you choose the colours.",
    ),
    "embed_alt": Words(
        "Tekening van de verbanden; de pagina zegt hetzelfde in zinnen.",
        "Drawing of the connections; the page says the same in sentences.",
    ),
    "embed_more": Words("Meer op tradegraph", "More on tradegraph"),
    "embed_by": Words(
        "Gegevens: tradegraph, uitgave {release}, CC0 1.0.", "Data: tradegraph, release {release}, CC0 1.0."
    ),
    # What is asked
    "ask_country": Words("Land", "Country"),
    "ask_about": Words("Gaat over", "About"),
    "ask_all": Words("alle", "all"),
    "ask_from": Words("Vanaf jaar", "From year"),
    "ask_to": Words("Tot en met jaar", "Up to year"),
    "ask_year": Words("Jaar", "Year"),
    "ask_sector": Words("Sector", "Sector"),
    "ask_list": Words("Lijst", "List"),
    "ask_indicator": Words("Cijfer", "Figure"),
    "ask_area": Words("Uitsnede", "Part of the world"),
    "ask_world": Words("wereld", "world"),
    "ask_europe": Words("Europa", "Europe"),
    "ask_show": Words("Toon", "Show"),
    "ask_clear": Words("Toon alles", "Show all"),
    "view_chart": Words("Grafiek", "Chart"),
    "view_table": Words("Tabel", "Table"),
    "view_map": Words("Kaart", "Map"),
    # Map
    "map_title": Words("Kaart", "Map"),
    "map_lead": Words(
        "Waar handelsdiplomatie naartoe gaat, voor zover de bronnen het zeggen. Een land zonder kleur is niet genoemd; "
        "dat is geen “nee”.",
        "Where trade diplomacy goes, as far as the sources say. A country without colour is not mentioned; "
        "that is not a “no”.",
    ),
    "map_layers": Words("Wat de kaart toont", "What the map shows"),
    "map_layer_missions": Words("Missies", "Missions"),
    "map_layer_agreements": Words("Overeenkomsten", "Agreements"),
    "map_layer_markets": Words("Markten en partners", "Markets and partners"),
    "map_layer_figures": Words("Cijfers", "Figures"),
    "map_title_missions": Words("Missies naar landen", "Missions to countries"),
    "map_title_agreements": Words("Overeenkomsten met landen", "Agreements with countries"),
    "map_title_markets": Words(
        "Landen op lijsten van markten en partners", "Countries on lists of markets and partners"
    ),
    "map_sub_missions": Words("aantal missies per bestemming", "number of missions per destination"),
    "map_sub_agreements": Words(
        "aantal overeenkomsten waarbij het land partij is", "number of agreements to which the country is a party"
    ),
    "map_sub_markets": Words("aantal lijsten waarop het land staat", "number of lists that the country is on"),
    "map_count_one_missions": Words("1 missie", "1 mission"),
    "map_count_missions": Words("{n} missies", "{n} missions"),
    "map_count_one_agreements": Words("1 overeenkomst", "1 agreement"),
    "map_count_agreements": Words("{n} overeenkomsten", "{n} agreements"),
    "map_count_one_markets": Words("1 lijst", "1 list"),
    "map_count_markets": Words("{n} lijsten", "{n} lists"),
    "map_none": Words("niet genoemd", "not mentioned"),
    "map_cities": Words("genoemde stad of streek", "city or region named"),
    "map_borders": Words("Grenzen: Natural Earth, niet gezaghebbend.", "Boundaries: Natural Earth, not authoritative."),
    "map_list": Words("Per land", "By country"),
    "map_off": Words("Niet op de kaart: gebieden zonder eigen omtrek", "Not on the map: areas without an outline"),
    "map_no_hits": Words(
        "Hier is niets van in de bronnen. Kies een ander jaar of een andere sector.",
        "The sources have nothing of this. Choose another year or sector.",
    ),
    "map_known": Words("stand van {date}", "as known on {date}"),
    "map_without_nl": Words(
        "Nederland zelf en het Koninkrijk zijn niet gekleurd.",
        "The Netherlands itself and the Kingdom are not coloured.",
    ),
    "map_figures_shown": Words(
        "De kaart toont de {n} cijfers die alleen in het land verschillen. Alle cijfers van deze indicator:",
        "The map shows the {n} figures that differ in their country only. All figures of this indicator:",
    ),
    "map_no_figures": Words(
        "Van deze indicator zijn er te weinig vergelijkbare cijfers per land voor een kaart.",
        "This indicator has too few comparable figures per country for a map.",
    ),
    # Timeline
    "time_title": Words("Tijdlijn", "Timeline"),
    "time_lead": Words(
        "Wat wanneer was, zo precies als de bronnen het zeggen. Is alleen het jaar bekend, dan loopt de balk over dat "
        "hele jaar.",
        "What was when, as exactly as the sources say. Where only the year is known, the bar covers that whole year.",
    ),
    "time_picture": Words("Handelsdiplomatie in de tijd", "Trade diplomacy through time"),
    "time_sub": Words("{first} tot en met {last}", "{first} to {last}"),
    "time_sub_country": Words("{first} tot en met {last}, {country}", "{first} to {last}, {country}"),
    "time_lanes": Words("Banen", "Lanes"),
    "time_lane_missions": Words("Missies", "Missions"),
    "time_lane_events": Words("Gebeurtenissen en bezoeken", "Events and visits"),
    "time_lane_agreements": Words("Overeenkomsten", "Agreements"),
    "time_lane_offices": Words("Ambten en kabinetten", "Offices and cabinets"),
    "time_lane_documents": Words("Documenten", "Documents"),
    "time_day": Words("dag bekend", "day known"),
    "time_span": Words("van dag tot dag", "from day to day"),
    "time_vague": Words("alleen maand of jaar bekend", "only month or year known"),
    "time_arrows": Words(
        "Een pijl: begin of einde is niet bekend, of valt buiten beeld.",
        "An arrow: start or end is not known, or lies outside the picture.",
    ),
    "time_until": Words("{first} tot en met {last}", "{first} to {last}"),
    "time_from": Words("vanaf {first}", "from {first}"),
    "time_up_to": Words("tot en met {last}", "until {last}"),
    "time_text": Words(
        "Tijdlijn met {n} punten in {lanes} banen; de lijst eronder zegt hetzelfde in woorden.",
        "Timeline with {n} items in {lanes} lanes; the list below says the same in words.",
    ),
    "time_list": Words("Op volgorde van tijd", "In order of time"),
    "time_undated": Words("Zonder datum in de bronnen ({n})", "Without a date in the sources ({n})"),
    "time_none": Words("In deze jaren is er niets.", "There is nothing in these years."),
    "time_curated": Words("niet uit de documenten", "not from the documents"),
    # Statistics
    "stat_title": Words("Cijfers", "Figures"),
    "stat_lead": Words(
        "Elk cijfer dat de documenten noemen: wat het meet, van wie het komt, hoe het er letterlijk staat, en ook wat "
        "volgens de bron niet bekend is.",
        "Every figure that the documents state: what it measures, who it is from, how it is written, and also what the "
        "source says is not known.",
    ),
    "stat_counts": Words(
        "{indicators} indicatoren met {figures} cijfers; van {unknown} zegt de bron waarom er geen getal is.",
        "{indicators} indicators with {figures} figures; for {unknown} the source says why there is no number.",
    ),
    "stat_search": Words("Zoek in wat er gemeten is", "Search what is measured"),
    "stat_search_hint": Words("Bijvoorbeeld: export, missie, banen", "For example: export, mission, jobs"),
    "stat_subjects": Words("Onderwerpen", "Subjects"),
    "stat_none": Words("Geen indicator met “{sought}”.", "No indicator with “{sought}”."),
    "stat_n_indicators": Words("{n} indicatoren", "{n} indicators"),
    "stat_one_indicator": Words("1 indicator", "1 indicator"),
    "stat_n_figures": Words("{n} cijfers", "{n} figures"),
    "stat_one_figure": Words("1 cijfer", "1 figure"),
    "stat_n_unknown": Words("waarvan {n} niet bekend", "of which {n} not known"),
    "stat_all_unknown": Words("niet bekend", "not known"),
    "stat_indicators": Words("Indicatoren met hun aantallen", "Indicators with their numbers"),
    "stat_figures": Words("Cijfers van deze indicator", "Figures of this indicator"),
    "stat_missions": Words("Missies naar dit land", "Missions to this country"),
    "stat_visits_text": Words(
        "Ter oriëntatie; onder een lijn als driehoekjes. Dat ze samenvallen, zegt niets over oorzaak en gevolg.",
        "For orientation; below a line they are triangles. That they coincide says nothing about cause and effect.",
    ),
    "stat_shown": Words("{n} van {all} cijfers", "{n} of {all} figures"),
    "stat_no_match": Words("Met deze keuze zijn er geen cijfers.", "There are no figures with this choice."),
    "stat_empty": Words(
        "Deze indicator dient als maatstaf voor andere cijfers en heeft zelf geen cijfer in de documenten.",
        "This indicator serves as the measure of other figures and has no figure of its own in the documents.",
    ),
    "stat_differ": Words("Bronnen verschillen", "Sources disagree"),
    "stat_restated": Words("Ook elders vermeld", "Also stated elsewhere"),
    "stat_table": Words("Alle cijfers met hun bron", "All figures with their source"),
    "stat_concept": Words("Wat is dit voor begrip?", "What is this concept?"),
    "stat_col_what": Words("wat", "what"),
    "stat_col_period": Words("periode", "period"),
    "stat_col_amount": Words("cijfer", "figure"),
    "stat_col_stage": Words("stand", "stage"),
    "stat_col_according": Words("volgens", "according to"),
    "stat_stated": Words("letterlijk:", "as written:"),
    "figure_unknown": Words("niet bekend", "not known"),
    "figure_range": Words("{low} tot {high}", "{low} to {high}"),
    "figure_certain": Words("vastgesteld", "established"),
    "figure_uncertain": Words("verwacht, begroot of geraamd", "expected, budgeted or estimated"),
    "figure_years": Words("{first} tot en met {last}", "{first} to {last}"),
    "figure_replaced": Words("later vervangen", "later replaced"),
    # One figure
    "obs_kind": Words("Cijfer", "Figure"),
    "obs_indicator": Words("Indicator", "Indicator"),
    "obs_exact": Words("voluit", "in full"),
    "obs_period": Words("periode", "period"),
    "obs_stage": Words("stand", "stage"),
    "obs_siblings": Words("Andere cijfers van deze indicator", "Other figures of this indicator"),
    "obs_all": Words("Alle {n} bij elkaar", "All {n} together"),
    "obs_related": Words("Hoe dit cijfer zich tot andere verhoudt", "How this figure relates to others"),
    "obs_record": Words("Rij in de gegevens", "Row in the data"),
    "obs_said": Words("Wat er van dit cijfer gezegd is", "What is said of this figure"),
    "obs_pointing": Words("Cijfers die hiernaar verwijzen", "Figures that refer to it"),
    "obs_contradicts": Words("Een andere bron zegt iets anders", "Another source says otherwise"),
    "obs_restates": Words("Herhaalt", "Restates"),
    "obs_restated_by": Words("Wordt herhaald door", "Is restated by"),
    "obs_supersedes": Words("Vervangt", "Replaces"),
    "obs_superseded_by": Words("Is vervangen door", "Was replaced by"),
    "obs_derived_from": Words("Door ons berekend uit", "Computed by us from"),
    "obs_derived_to": Words("Hieruit is door ons berekend", "From this we computed"),
    "obs_base": Words("Honderd procent is", "One hundred per cent is"),
}
