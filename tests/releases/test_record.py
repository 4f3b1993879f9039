"""The record of the data set (DCAT, VoID), robots.txt and sitemaps."""

from itertools import chain
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import DCTERMS, RDF, VOID

from releases.conftest import put
from tradegraph.namespaces import BASE, ID
from tradegraph.publish.sitemap import PageIndex, sitemap
from tradegraph.release import ReleaseFolder

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
PLACES = ("/dataset", "/.well-known/void")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def record(client: FlaskClient, path: str = "/dataset") -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get(path).data, format="turtle")


@pytest.mark.parametrize("path", PLACES)
def test_the_record_says_the_same_in_both_forms(path: str, site: FlaskClient) -> None:
    found = []
    for accept, rdf_format in (("text/turtle", RdfFormat.TURTLE), ("application/ld+json", RdfFormat.JSON_LD)):
        response = site.get(path, headers={"Accept": accept})
        assert response.mimetype == accept
        found.append({quad.triple for quad in parse(response.data, rdf_format)})
    assert found[0] == found[1]


@pytest.mark.parametrize("path", PLACES)
def test_a_browser_is_led_to_the_page(path: str, site: FlaskClient) -> None:
    response = site.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (response.status_code, response.headers["Location"]) == (303, "/en/data")


def test_files_and_endpoint_are_where_the_site_is(placed: FlaskClient, newer: str) -> None:
    graph = record(placed)
    addresses = {str(one) for one in graph.objects(None, DCAT.downloadURL)}
    assert f"https://graph.example/dump/{newer}/tradegraph.nq.gz" in addresses
    assert all(one.startswith("https://graph.example/dump/") for one in addresses)
    assert {str(one) for one in graph.objects(None, DCAT.endpointURL)} == {"https://graph.example/sparql"}


def test_every_address_of_a_file_in_the_record_answers(placed: FlaskClient) -> None:
    named = record(placed).objects(None, DCAT.downloadURL)
    addresses = {str(one).removeprefix("https://graph.example") for one in named}
    assert len(addresses) > 10
    assert {placed.head(address).status_code for address in addresses} == {200}


def test_the_data_set_names_its_graphs_which_say_what_they_were_read_from(site: FlaskClient) -> None:
    parts = {str(one) for one in record(site).objects(None, DCTERMS.hasPart)}
    assert parts == {f"{BASE}graph/{name}" for name in ("ontology", "registry", "letter")}


def test_a_site_that_does_not_know_where_it_is_uses_our_iris(site: FlaskClient) -> None:
    assert all(str(one).startswith(BASE) for one in record(site).objects(None, DCAT.downloadURL))


def test_the_record_never_takes_its_addresses_from_the_request(site: FlaskClient) -> None:
    assert b"evil.example" not in site.get("/dataset", headers={"Host": "evil.example"}).data


def test_the_release_before_is_named(site: FlaskClient, older: str, newer: str) -> None:
    graph = record(site)
    dataset, before = (rdflib.URIRef(f"{ID}dataset/tradegraph-{one}") for one in (newer, older))
    assert graph.value(dataset, DCAT.prev) == before
    assert graph.value(dataset, DCAT.inSeries) == rdflib.URIRef(f"{ID}dataset/tradegraph")
    assert (dataset, RDF.type, VOID.Dataset) in graph


def test_what_the_record_names_can_be_looked_up(site: FlaskClient, newer: str) -> None:
    for path in ("catalogue/tradegraph", "dataset/tradegraph", f"dataset/tradegraph-{newer}"):
        assert site.get(f"/id/{path}", follow_redirects=True).status_code == 200
    assert site.get("/id/dataset/tradegraph-nonsense").status_code == 404


def test_the_list_of_releases_is_a_series(site: FlaskClient, older: str, newer: str) -> None:
    graph = rdflib.Graph().parse(data=site.get("/dump/?format=ttl").data, format="turtle")
    assert {str(one) for one in graph.objects(None, DCAT.version)} == {older, newer}
    days = {str(one) for one in graph.objects(None, DCTERMS.available)}
    assert days == {"2026-03-01", "2026-03-02"}


def test_a_release_without_files_has_a_record_all_the_same(site: FlaskClient, older: str) -> None:
    graph = rdflib.Graph().parse(data=site.get(f"/dump/{older}/?format=ttl").data, format="turtle")
    assert list(graph.objects(None, DCAT.downloadURL)) == []
    assert len(list(graph.objects(rdflib.URIRef(f"{ID}dataset/tradegraph-{older}"), VOID.triples))) == 1


def test_robots_are_kept_from_pages_without_end_and_told_of_the_sitemap(placed: FlaskClient) -> None:
    lines = placed.get("/robots.txt").text.splitlines()
    assert {"User-agent: *", "Disallow: /*/sparql", "Sitemap: https://graph.example/sitemap.xml"} <= set(lines)


def test_the_sitemaps_name_every_thing_in_both_languages(placed: FlaskClient) -> None:
    index = ElementTree.fromstring(placed.get("/sitemap.xml").data)
    maps = [str(one.text).removeprefix("https://graph.example") for one in index.iter(f"{SITEMAP}loc")]
    pages = [page for path in maps for page in ElementTree.fromstring(placed.get(path).data).iter(f"{SITEMAP}url")]
    addresses = {str(page.findtext(f"{SITEMAP}loc")) for page in pages}
    for thing in ("mission/japan", "mission/kenya", "person/jansen"):
        assert {f"https://graph.example/{language}/{thing}" for language in ("nl", "en")} <= addresses
    assert {"https://graph.example/nl/data", "https://graph.example/en/changes"} <= addresses
    for page in pages:
        assert {link.get("hreflang") for link in page.iter(LINK)} == {"nl", "en"}
        assert page.findtext(f"{SITEMAP}loc") in {link.get("href") for link in page.iter(LINK)}


def test_pages_in_the_sitemap_are_there(placed: FlaskClient) -> None:
    found = ElementTree.fromstring(placed.get("/sitemap-things-1.xml").data)
    paths = [str(one.text).removeprefix("https://graph.example") for one in found.iter(f"{SITEMAP}loc")]
    assert len(paths) == 6
    assert {placed.get(path).status_code for path in paths} == {200}


def test_many_things_are_divided_over_sitemaps(folder: ReleaseFolder) -> None:
    things = "".join(f"g:a {{ <{ID}mission/m{number}> rdfs:label '{number}'@nl . }}\n" for number in range(5))
    release = put(folder, things + f"g:a {{ <{ID}statement/s> rdfs:label 's'@nl . }}")
    index = PageIndex.read(release.dataset, {"mission"}, largest=4)
    parts = [list(index.things(number + 1)) for number in range(len(index.places))]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert sorted(chain(*parts)) == [f"mission/m{number}" for number in range(5)]
    assert sum(line.startswith("<url>") for line in sitemap(index.things(1), "https://a.example")) == 4


def test_an_unknown_sitemap_is_refused(site: FlaskClient) -> None:
    assert site.get("/sitemap-things-2.xml").status_code == 404
    assert site.get("/sitemap-things-0.xml").status_code == 404
