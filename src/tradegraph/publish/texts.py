"""The texts that lie beside the downloads: what is in the folder (Dutch and English), how to cite it, its checksums."""

from collections.abc import Iterable

from tradegraph.namespaces import BASE
from tradegraph.publish.catalogue import Download
from tradegraph.store import Release

_HOME = BASE.rstrip("/")


def readme(release: Release, downloads: Iterable[Download], issued: str) -> str:
    """Return `README.txt`."""
    files = list(downloads)
    width = max((len(file.path) for file in files), default=0)
    dutch = "\n".join(f"  {file.path:<{width}}  {_size(file.size, ','):>9}  {file.title_nl}" for file in files)
    english = "\n".join(f"  {file.path:<{width}}  {_size(file.size, '.'):>9}  {file.title_en}" for file in files)
    return f"""tradegraph, uitgave / release {release.identifier} ({issued})
{_HOME}

NEDERLANDS

Nederlandse handelsdiplomatie als kennisgraaf: missies, overeenkomsten, instrumenten en cijfers, elk feit met de
passage waarin het staat. Alle bestanden zijn uit dezelfde uitgave gemaakt ({release.quads} quads).

{dutch}

In de tabellen heeft elk ding een rij. Waarden in dezelfde cel staan met | ertussen; de kolommen op _nl en _en noemen
de namen in dezelfde volgorde. De laatste kolommen zeggen in welke passages en documenten het is gelezen.
Een lege cel betekent dat de documenten er niets over zeggen, niet dat het antwoord nee is.

Controle:  sha256sum -c SHA256SUMS
Licentie:  CC0 1.0, vrij van rechten: https://creativecommons.org/publicdomain/zero/1.0/deed.nl
Citeren:   zie CITATION.cff; noem het nummer van de uitgave.
Catalogus: catalogue.ttl en catalogue.jsonld (DCAT-AP-NL 3).

ENGLISH

Dutch trade diplomacy as a knowledge graph: missions, agreements, instruments and figures, each fact with the passage
that states it. All files are made from the same release ({release.quads} quads).

{english}

In the tables each thing has a row. Values in one cell have | between them; the columns that end in _nl and _en give
the names in the same order. The last columns tell in which passages and documents it was read.
An empty cell means that the documents say nothing about it, not that the answer is no.

Check:     sha256sum -c SHA256SUMS
Licence:   CC0 1.0, no rights reserved: https://creativecommons.org/publicdomain/zero/1.0/
Cite:      see CITATION.cff; name the number of the release.
Catalogue: catalogue.ttl and catalogue.jsonld (DCAT-AP-NL 3).
"""


def citation(release: Release, issued: str) -> str:
    """Return `CITATION.cff` (Citation File Format 1.2.0)."""
    day = f"date-released: {issued}\n" if issued else ""
    return f"""cff-version: 1.2.0
message: Please cite this release by its number, so that others find the same facts.
type: dataset
title: "Tradegraph: Dutch trade diplomacy as a knowledge graph"
authors:
  - name: The tradegraph team
version: "{release.identifier}"
{day}license: CC0-1.0
url: "{_HOME}"
identifiers:
  - type: other
    value: "sha256:{release.sha256}"
    description: SHA-256 of the canonical N-Quads
keywords:
  - trade missions
  - trade agreements
  - foreign trade
  - linked data
"""


def checksums(digests: Iterable[tuple[str, str]]) -> str:
    """Return `SHA256SUMS` for (path, SHA-256 in hexadecimal), in the form that `sha256sum -c` reads."""
    return "".join(f"{digest}  {path}\n" for path, digest in digests)


def _size(size: int, point: str) -> str:
    """Return a size in bytes as people read it: `3,2 MB` in Dutch, `3.2 MB` in English."""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= bytes_:
            return f"{size / bytes_:.1f} {unit}".replace(".", point)
    return f"{size} B"
