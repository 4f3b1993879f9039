"""The one table of settings: environment, command line, documentation and endpoint page all read it.

A setting comes from, in this order: an override (a command-line option), the environment, its default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, cast

from tradegraph.errors import TradegraphError

ENV_PREFIX: Final = "TRADEGRAPH_"


class SettingError(TradegraphError):
    """A setting that cannot be used: its `name`, the `value` given and what would do."""

    def __init__(self, name: str, value: str, what: str) -> None:
        self.name = name
        self.value = value
        super().__init__(f"{name}: {value!r} {what}")


@dataclass(frozen=True)
class Setting:
    """One row of the table; `minimum` holds for whole numbers only, `unit` is empty where there is none."""

    name: str
    default: str | int
    unit: str
    meaning_en: str
    meaning_nl: str
    minimum: int = 1

    @property
    def env(self) -> str:
        """The environment variable that sets it."""
        return ENV_PREFIX + self.name.upper()

    def read(self, value: str | int, given_as: str) -> str | int:
        """Return `value` as the type of the default; SettingError (speaking of `given_as`) when it is not one."""
        if isinstance(self.default, str):
            return str(value)
        try:
            number = int(value)
        except ValueError as error:
            raise SettingError(given_as, str(value), f"is not a whole number ({self.unit or 'a count'}).") from error
        if number < self.minimum:
            raise SettingError(given_as, str(value), f"is too small; the smallest value is {self.minimum}.")
        return number


SETTINGS: Final = (
    Setting("host", "127.0.0.1", "", "Address to listen on.", "Adres waarop wordt geluisterd."),
    Setting("port", 8000, "", "Port to listen on; 0 picks a free one.", "Poort; 0 kiest een vrije.", minimum=0),
    Setting(
        "base_url",
        "",
        "",
        "Address under which the outside world sees the server; empty: as requested.",
        "Adres waaronder de buitenwereld de server ziet; leeg: zoals gevraagd.",
    ),
    Setting(
        "threads",
        200,
        "threads",
        "Requests handled at a time, those that wait for a place included; the rest wait.",
        "Verzoeken die tegelijk worden behandeld, die op een plaats wachten inbegrepen; de rest wacht.",
    ),
    Setting(
        "max_running_queries",
        8,
        "queries",
        "Queries that may run at a time, half of them long ones; more wait up to two seconds, then: 503.",
        "Zoekvragen die tegelijk mogen lopen, de helft ervan lange; meer wachten tot twee seconden, dan: 503.",
    ),
    Setting(
        "query_time_limit_s",
        30,
        "s",
        "Time one query may take, sending the answer included.",
        "Tijd die één zoekvraag mag duren, het versturen van het antwoord inbegrepen.",
    ),
    Setting(
        "query_memory_limit_mb",
        1024,
        "MiB",
        "Memory one query may use beyond what the data itself takes.",
        "Geheugen dat één zoekvraag mag gebruiken naast wat de gegevens zelf innemen.",
    ),
    Setting(
        "max_answer_rows",
        10_000_000,
        "rows",
        "Most rows or triples of one answer; an answer that has more is broken off, visibly.",
        "Grootste aantal rijen of triples van één antwoord; een antwoord met meer wordt zichtbaar afgebroken.",
    ),
    Setting(
        "max_answer_mb",
        2048,
        "MiB",
        "Largest answer, before compression.",
        "Grootste antwoord, vóór compressie.",
    ),
    Setting(
        "cache_mb",
        64,
        "MiB",
        "Memory for answers that may be asked for again; 0 keeps none.",
        "Geheugen voor antwoorden die opnieuw gevraagd kunnen worden; 0 bewaart er geen.",
        minimum=0,
    ),
    Setting(
        "trusted_proxies",
        0,
        "proxies",
        "Proxies in front of the server whose X-Forwarded-For is believed, to tell clients apart.",
        "Proxy’s vóór de server waarvan X-Forwarded-For wordt geloofd, om klanten te onderscheiden.",
        minimum=0,
    ),
    Setting(
        "max_query_bytes",
        200_000,
        "bytes",
        "Longest query text, in UTF-8.",
        "Langste tekst van een zoekvraag, in UTF-8.",
    ),
    Setting(
        "max_nesting_depth",
        200,
        "levels",
        "Deepest nesting of brackets in a query.",
        "Diepste nesting van haakjes in een zoekvraag.",
    ),
    Setting(
        "max_chain_length",
        2000,
        "operators",
        "Most operators in one row at one level of brackets.",
        "Grootste aantal operatoren op één niveau van haakjes.",
    ),
    Setting(
        "federation_endpoints",
        "",
        "",
        "Addresses of SPARQL endpoints that SERVICE may call, with commas; empty: none.",
        "Adressen van SPARQL-endpoints die SERVICE mag aanroepen, met komma’s; leeg: geen.",
    ),
    Setting(
        "max_dataset_graphs",
        50,
        "graphs",
        "Most graphs a query may name as its dataset.",
        "Grootste aantal grafen dat een zoekvraag als dataset mag noemen.",
    ),
    Setting(
        "documents",
        "",
        "",
        "Folder with the texts of the documents, to show passages literally; empty: none are shown.",
        "Map met de teksten van de documenten, om passages letterlijk te tonen; leeg: er worden er geen getoond.",
    ),
    Setting(
        "max_write_bytes",
        64 * 1024 * 1024,
        "bytes",
        "Largest body of a write, packed and unpacked.",
        "Grootste inhoud van een schrijfverzoek, ingepakt en uitgepakt.",
    ),
    Setting(
        "write_time_limit_s",
        60,
        "s",
        "Time that working out one write may take.",
        "Tijd die het uitwerken van één schrijfverzoek mag duren.",
    ),
    Setting(
        "load_sources",
        "",
        "",
        "Addresses that LOAD may fetch, with commas: documents, or folders of them that end in a slash; empty: none.",
        "Adressen die LOAD mag ophalen, met komma’s: documenten, of mappen die op een schuine streep eindigen; "
        "leeg: geen.",
    ),
    Setting(
        "frozen_folder",
        "",
        "",
        "Folder in which frozen answers are kept under a short address; empty: nothing is ever written.",
        "Map waarin vastgezette antwoorden onder een kort adres worden bewaard; leeg: er wordt nooit iets geschreven.",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The values in force; one field for each row of `SETTINGS`."""

    host: str
    port: int
    base_url: str
    threads: int
    max_running_queries: int
    query_time_limit_s: int
    query_memory_limit_mb: int
    max_answer_rows: int
    max_answer_mb: int
    cache_mb: int
    trusted_proxies: int
    max_query_bytes: int
    max_nesting_depth: int
    max_chain_length: int
    federation_endpoints: str
    max_dataset_graphs: int
    documents: str
    max_write_bytes: int
    write_time_limit_s: int
    load_sources: str
    frozen_folder: str

    @classmethod
    def load(cls, environ: Mapping[str, str], overrides: Mapping[str, str | int | None] | None = None) -> "Settings":
        """Read `environ`, then `overrides` (by setting name; None means not given).

        Raises SettingError for a value that will not do and for an override that is no setting.
        """
        given = dict(overrides or {})
        known = {setting.name for setting in SETTINGS}
        for name in given.keys() - known:
            raise SettingError(name, str(given[name]), f"is not a setting. There are: {', '.join(sorted(known))}.")
        # Each value is read as the type of its field.
        values: dict[str, Any] = {}
        for setting in SETTINGS:
            override = given.get(setting.name)
            if override is not None:
                values[setting.name] = setting.read(override, setting.name)
            elif setting.env in environ:
                values[setting.name] = setting.read(environ[setting.env], setting.env)
            else:
                values[setting.name] = setting.default
        return cls(**values)

    def value(self, name: str) -> str | int:
        """Return the value of the setting called `name`."""
        if name not in {field.name for field in fields(self)}:
            raise KeyError(name)
        return cast("str | int", getattr(self, name))
