"""A small release, written by hand, behind a store."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from tradegraph.explore.reading import Reader
from tradegraph.namespaces import PREFIXES
from tradegraph.store import EmbeddedStore, Release
from tradegraph.store.release import DATASET_FILE, RELEASE_FILE

WORLD = """
g:letter {
    id:mission\\/oslo a tg:Mission ; rdfs:label "mission to Oslo"@en , "missie naar Oslo"@nl ;
        tg:destination id:territory\\/nor ; tg:missionType con:mission-type-trade ;
        tg:year 2025 ; tg:dateAsStated "mei"@nl ; tg:statedIn id:passage\\/letter-1 .
    id:territory\\/nor a tg:Territory ; rdfs:label "Norway"@en , "Noorwegen"@nl .
    con:mission-type-trade skos:prefLabel "trade mission"@en , "handelsmissie"@nl .
    id:passage\\/letter-1 a tg:Passage ; tg:locator "section 1"@en , "paragraaf 1"@nl ;
        tg:paraphrase "A mission goes to Oslo."@en , "Een missie gaat naar Oslo."@nl ;
        oa:hasSource id:document-version\\/letter_1 ;
        oa:hasSelector <https://w3id.org/tradegraph/id/passage/letter-1#position> .
    <https://w3id.org/tradegraph/id/passage/letter-1#position> oa:start 10 ; oa:end 20 .
    id:document-version\\/letter_1 eli:realizes id:document\\/letter .
    id:document\\/letter rdfs:label "Letter"@en , "Brief"@nl .
}
g:ontology { tg:destination tg:frontDoor true . tg:year tg:frontDoor true . }
g:relations {
    id:relation\\/r1 a tg:DerivedRelation ; rdf:subject id:mission\\/oslo ; rdf:predicate tg:destination ;
        rdf:object id:territory\\/nor ; tg:statedIn id:passage\\/letter-1 .
}
"""
MANY = 250


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The world above, with 250 missions more to a place of their own."""
    directory = tmp_path_factory.mktemp("small-release")
    _write(directory)
    release = Release.read(directory)
    with EmbeddedStore(release.dataset, time_limit_s=30, memory_limit_mb=200, max_workers=1) as store:
        yield Reader(store, release, 10)


def _write(directory: Path) -> None:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    more = "".join(
        f"id:mission\\/m{number:03} a tg:Mission ; tg:destination id:territory\\/far .\n" for number in range(MANY)
    )
    store = Store()
    store.load(f"{prefixes}{WORLD}\ng:more {{ id:territory\\/far a tg:Territory . {more} }}", format=RdfFormat.TRIG)
    store.dump(directory / DATASET_FILE, RdfFormat.N_QUADS)
    described = {"release": "r", "sha256": "0", "inputs": "0", "ontology_version": "1", "quads": 0, "graphs": {}}
    (directory / RELEASE_FILE).write_text(json.dumps(described), encoding="utf-8")
