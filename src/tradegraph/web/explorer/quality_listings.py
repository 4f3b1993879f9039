"""Which lists there are behind the quality page, and what each tells."""

from dataclasses import dataclass
from typing import Final

from tradegraph.languages import Words
from tradegraph.web.notes import How


@dataclass(frozen=True)
class Listing:
    """A list: its key in the address, the panel behind it, its title and what it tells; `pairs`: rows hold two records.

    `reason` names the variable by which the rows can be told apart; `remark` a variable that is shown in small.
    """

    key: str
    panel: str
    title: Words
    text: Words
    pairs: bool = False
    reason: str = ""
    remark: str = ""
    how: How = "stated"


LISTINGS: Final = {
    one.key: one
    for one in (
        Listing(
            "contradictions",
            "quality_contradictions",
            Words("Bronnen die elkaar tegenspreken", "Sources that contradict each other"),
            Words(
                "Twee plaatsen zeggen iets dat niet allebei waar kan zijn. Wij kiezen niet; beide staan in de "
                "gegevens.",
                "Two places say what cannot both be true. We do not choose; both are in the data.",
            ),
            pairs=True,
            how="disagree",
        ),
        Listing(
            "replaced",
            "quality_replaced",
            Words("Vervangen door iets nieuwers", "Replaced by something newer"),
            Words(
                "Het eerste komt in de plaats van het tweede. Het oude blijft staan: een bron verandert niet.",
                "The first takes the place of the second. The older stays: a source does not change.",
            ),
            pairs=True,
        ),
        Listing(
            "restated",
            "quality_restated",
            Words("Hetzelfde cijfer nog een keer", "The same figure again"),
            Words(
                "Een cijfer dat op een andere plaats ook staat, soms anders afgerond. Tel het niet dubbel.",
                "A figure that also stands elsewhere, sometimes rounded otherwise. Do not count it twice.",
            ),
            pairs=True,
        ),
        Listing(
            "gaps",
            "quality_gaps",
            Words("Wat ontbreekt, en waarom", "What is missing, and why"),
            Words(
                "Een waarde of feit waarvan de bron laat zien dat het er niet is. Dat is iets anders dan nul of nee.",
                "A value or fact of which the source shows that it is not there. That differs from zero or no.",
            ),
            reason="reason",
        ),
        Listing(
            "absences",
            "quality_absences",
            Words("Wat er volgens een bron niet is", "What there is not, according to a source"),
            Words(
                "Een document zegt zelf dat iets niet bestaat of niet is gebeurd.",
                "A document itself says that something does not exist or did not happen.",
            ),
            remark="known",
        ),
        Listing(
            "refusals",
            "quality_refusals",
            Words("Wat niet wordt gedeeld", "What is not disclosed"),
            Words(
                "De regering zegt dat zij iets niet deelt, met de reden die zij geeft.",
                "The government says that it does not share something, with the ground that it gives.",
            ),
            reason="ground",
        ),
        Listing(
            "open-answers",
            "quality_open_answers",
            Words("Antwoorden die iets open laten", "Answers that leave something open"),
            Words(
                "Antwoorden die niet alles zeggen wat is gevraagd, en hoe.",
                "Answers that do not say all that was asked, and how.",
            ),
            reason="disposition",
        ),
        Listing(
            "readings",
            "quality_read",
            Words("Wat wij erin lazen", "What we read into it"),
            Words(
                "Waar de woorden van de bron niet genoeg zeggen: door ons ingevuld, of niet uit te maken.",
                "Where the words of the source do not say enough: settled by us, or not to be settled.",
            ),
            reason="reason",
        ),
        Listing(
            "elsewhere",
            "quality_elsewhere",
            Words("Niet uit de documenten", "Not from the documents"),
            Words(
                "Toegevoegd om te begrijpen wie wie is; geen passage noemt dit. In antwoorden is dat te zien.",
                "Added to make clear who is who; no passage names this. Answers show it.",
            ),
            remark="row",
        ),
        Listing(
            "possibly-same",
            "quality_same",
            Words("Misschien hetzelfde", "Perhaps the same"),
            Words(
                "Twee dingen die apart staan, maar misschien één zijn. Volgens ons, niet volgens een bron.",
                "Two things kept apart that may be one. Our reading, not that of a source.",
            ),
            pairs=True,
        ),
        Listing(
            "notes",
            "quality_notes",
            Words("Onze kanttekeningen", "Our notes"),
            Words(
                "Wat wij bij het overnemen opmerkten: wat er niet staat, en hoe iets is gelezen.",
                "What we noted on the way: what is not stated, and how something was read.",
            ),
            remark="note",
        ),
    )
}
