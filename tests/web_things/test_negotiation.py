"""Which representation a client gets, and what it is told about the others."""

import pytest
from flask.testing import FlaskClient

from tradegraph.namespaces import BASE, ID

MISSION = "mission/2025-06-indonesia"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FRONT_DOOR = f"{BASE}profile/front-door"
EVIDENCE = f"{BASE}profile/evidence"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        (BROWSER, f"/nl/{MISSION}"),
        ("text/turtle", f"/doc/{MISSION}.ttl?_profile=evidence"),
        ("application/ld+json;q=0.9, text/html;q=0.1", f"/doc/{MISSION}.jsonld?_profile=evidence"),
        ("application/json", f"/doc/{MISSION}.jsonld?_profile=evidence"),
        ("*/*", f"/doc/{MISSION}.ttl?_profile=evidence"),
    ],
)
def test_the_identifier_leads_where_accept_points(visitor: FlaskClient, accept: str, target: str) -> None:
    answer = visitor.get(f"/id/{MISSION}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, target)
    assert "Accept" in answer.headers["Vary"]


def test_a_page_comes_in_the_language_of_the_browser(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/id/{MISSION}", headers={"Accept": BROWSER, "Accept-Language": "en-GB,en"})
    assert answer.headers["Location"] == f"/en/{MISSION}"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_suffix_beats_accept(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/id/{MISSION}.nt", headers={"Accept": BROWSER})
    assert answer.headers["Location"] == f"/doc/{MISSION}.nt?_profile=evidence"


def test_a_document_asked_for_as_a_page_leads_to_the_page(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/doc/{MISSION}", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/nl/{MISSION}")


def test_links_do_not_follow_a_forged_host(visitor: FlaskClient) -> None:
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Accept": "text/turtle"}
    redirect = visitor.get(f"/id/{MISSION}", headers=forged)
    document = visitor.get(f"/doc/{MISSION}", headers=forged)
    page = visitor.get(f"/nl/{MISSION}", headers=forged)
    listed = visitor.get(f"/doc/{MISSION}.ttl?_profile=alt", headers=forged)
    for answer in (redirect, document, page, listed):
        assert "evil.example" not in answer.text
        assert "evil.example" not in str(answer.headers)


def test_a_document_says_what_it_describes_and_what_else_there_is(visitor: FlaskClient) -> None:
    headers = visitor.get(f"/doc/{MISSION}", headers={"Accept": "text/turtle"}).headers
    assert headers["Content-Location"] == f"/doc/{MISSION}.ttl?_profile=evidence"
    assert headers["Vary"] == "Accept, Accept-Profile, Accept-Encoding"
    assert f'<{ID}{MISSION}>; rel="describes"' in headers["Link"]
    assert f'<{EVIDENCE}>; rel="profile"' in headers["Link"]
    assert (
        f'</doc/{MISSION}.jsonld?_profile=front-door>; rel="alternate"; type="application/ld+json"' in headers["Link"]
    )
    assert f'</en/{MISSION}>; rel="alternate"; type="text/html"; hreflang="en"' in headers["Link"]


def test_what_the_address_settles_may_be_kept_by_any_cache(visitor: FlaskClient) -> None:
    settled = visitor.get(f"/doc/{MISSION}.ttl?_profile=evidence").headers
    assert (settled["Cache-Control"], settled["Vary"]) == ("public, no-cache", "Accept-Encoding")
    assert visitor.get(f"/doc/{MISSION}.ttl").headers["Cache-Control"] == "no-cache"


def test_who_has_the_answer_already_is_told_so(visitor: FlaskClient) -> None:
    for path in (f"/doc/{MISSION}.ttl", f"/nl/{MISSION}", "/graph/registry", "/def", "/context.jsonld"):
        tag = visitor.get(path, buffered=True).headers["ETag"]
        assert tag.startswith('W/"')
        again = visitor.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


def test_tags_differ_by_form_and_profile(visitor: FlaskClient) -> None:
    tags = [
        visitor.get(f"/doc/{MISSION}", headers={"Accept": accept, "Accept-Profile": f"<{profile}>"}).headers["ETag"]
        for accept in ("text/turtle", "application/n-triples")
        for profile in (FRONT_DOOR, EVIDENCE)
    ]
    assert len(set(tags)) == 4


def test_head_has_the_fields_of_get_and_no_body(visitor: FlaskClient) -> None:
    for path in (f"/doc/{MISSION}.ttl", "/graph/registry.nq"):
        head, get = visitor.head(path), visitor.get(path, buffered=True)
        assert head.data == b""
        assert [head.headers[name] for name in ("Content-Type", "ETag", "Vary")] == [
            get.headers[name] for name in ("Content-Type", "ETag", "Vary")
        ]


def test_scripts_of_other_sites_may_negotiate(visitor: FlaskClient) -> None:
    answer = visitor.options(f"/doc/{MISSION}")
    assert "GET" in answer.headers["Allow"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept-Profile" in answer.headers["Access-Control-Allow-Headers"]
    assert "Link" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (f"<{FRONT_DOOR}>", FRONT_DOOR),
        (f"<{FRONT_DOOR}>;q=0.4, <{EVIDENCE}>;q=0.8", EVIDENCE),
        (f"<https://example.org/other>, <{FRONT_DOOR}>;q=0.1", FRONT_DOOR),
    ],
)
def test_a_profile_is_chosen_by_its_field(visitor: FlaskClient, header: str, chosen: str) -> None:
    answer = visitor.get(f"/doc/{MISSION}.ttl", headers={"Accept-Profile": header})
    assert answer.headers["Content-Profile"] == f"<{chosen}>"


def test_a_profile_in_the_address_beats_the_field(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/doc/{MISSION}.ttl?_profile=front-door", headers={"Accept-Profile": f"<{EVIDENCE}>"})
    assert answer.headers["Content-Profile"] == f"<{FRONT_DOOR}>"


def test_the_media_type_can_stand_in_the_address(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/doc/{MISSION}?_mediatype=application/ld%2Bjson&_profile=front-door")
    assert answer.content_type == "application/ld+json"


def test_the_front_door_leaves_the_passages_out(visitor: FlaskClient) -> None:
    brief = visitor.get(f"/doc/{MISSION}.nt?_profile=front-door").text
    full = visitor.get(f"/doc/{MISSION}.nt?_profile=evidence").text
    assert "def#destination" in brief
    assert "def#paraphrase" not in brief
    assert "def#paraphrase" in full


def test_the_list_of_representations_names_every_form_in_every_profile(visitor: FlaskClient) -> None:
    listed = visitor.get(f"/doc/{MISSION}.nt?_profile=alt").text
    assert listed.count("altr#hasRepresentation") == 12
    assert f"<{BASE}doc/{MISSION}.jsonld?_profile=front-door>" in listed


def test_a_profile_is_itself_described(visitor: FlaskClient) -> None:
    for iri in (FRONT_DOOR, EVIDENCE):
        assert f"<{iri}>" in visitor.get("/" + iri.removeprefix(BASE), headers={"Accept": "application/n-triples"}).text


@pytest.mark.parametrize(
    ("path", "headers", "status", "said"),
    [
        ("/id/mission/2025-06-indonesai", {}, 404, "Did you mean /id/mission/2025-06-indonesia"),
        ("/doc/territory/jpm.ttl", {}, 404, "/id/territory/jpn"),
        ("/id/country/jpn", {}, 404, "Did you mean /id/territory/jpn?"),
        ("/nl/nothing/here", {}, 404, "There are: agreement,"),
        ("/id/mission/%3E%20%3Fx", {}, 404, "Search"),
        (f"/id/{MISSION}.docx", {}, 404, ".ttl, .nt, .jsonld"),
        (f"/id/{MISSION}", {"Accept": "image/png"}, 406, "text/turtle"),
        (f"/doc/{MISSION}", {"Accept-Profile": "<urn:none>"}, 406, "front-door"),
        (f"/doc/{MISSION}?_profile=none", {}, 400, "front-door"),
        (f"/doc/{MISSION}?format=docx", {}, 400, "jsonld"),
        (f"/doc/{MISSION}?colour=red", {}, 400, "property, page"),
        (f"/doc/{MISSION}.ttl?page=2", {}, 400, "property"),
        (f"/doc/{MISSION}.ttl?property=colour", {}, 400, "tg:destination"),
        (f"/doc/{MISSION}.ttl?property=tg:signedBy", {}, 404, "tg:withinEvent"),
        (f"/doc/{MISSION}.ttl?property=tg:about&page=99", {}, 404, "1 pages"),
        ("/graph/nothing", {}, 404, "registry"),
        ("/def/nothing", {}, 404, "/def"),
        ("/profile/nothing", {}, 404, "front-door"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    visitor: FlaskClient, path: str, headers: dict[str, str], status: int, said: str
) -> None:
    answer = visitor.get(path, headers=headers)
    problem = answer.get_json(force=True)
    assert answer.status_code == status
    assert said in f"{problem['detail']} {problem['remedy']}"
