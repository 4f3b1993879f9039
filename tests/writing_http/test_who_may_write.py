"""Who may write, and who may not: tokens, scopes, pages of other sites, and the operator's switch."""

import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tradegraph.writing import DataFolder, Tokens
from writing_http.conftest import OWN, UPDATE, Serve, Writable, command, free_port

INSERT = f"INSERT DATA {{ GRAPH <{OWN}who> {{ <s> <p> 1 }} }}"


def test_without_a_token_nothing_can_be_written(server: Writable) -> None:
    nobody = server.as_holder(None)
    for refused in (nobody.update(INSERT), nobody.graph("PUT", OWN, "<a:s> <a:p> 1 ."), nobody.graph("DELETE", OWN)):
        assert (refused.status, refused.headers["www-authenticate"]) == (401, 'Bearer realm="tradegraph"')


@pytest.mark.parametrize("given", ["Bearer tg_unknown", "Bearer", "Basic YTpi", "Bearer a b", "tg_unknown"])
def test_what_is_no_token_of_ours_is_refused(server: Writable, given: str) -> None:
    refused = server.send("POST", "/update", INSERT, {**UPDATE, "Authorization": given})
    assert (refused.status, 'error="invalid_token"' in refused.headers["www-authenticate"]) == (401, True)


def test_a_token_for_reading_is_not_good_for_writing(server: Writable) -> None:
    refused = server.as_holder(server.others["reader"]).update(INSERT)
    assert (refused.status, 'error="insufficient_scope"' in refused.headers["www-authenticate"]) == (403, True)


def test_a_token_of_another_writer_is_not_good_for_this_graph(server: Writable) -> None:
    other = server.as_holder(server.others["other"])
    assert other.update(INSERT).status == 403
    assert other.graph("PUT", OWN + "x", "<a:s> <a:p> 1 .").status == 403


def test_a_token_anywhere_else_than_in_its_field_is_no_token(server: Writable) -> None:
    nobody, token = server.as_holder(None), server.token
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert nobody.send("POST", f"/update?access_token={token}", INSERT, UPDATE).status == 401
    assert nobody.send("POST", "/update", f"update=CLEAR+ALL&access_token={token}", form).status == 401
    assert nobody.send("POST", "/update", INSERT, {**UPDATE, "Cookie": f"token={token}"}).status == 401


def test_pages_of_other_sites_may_not_write(server: Writable) -> None:
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{server.port + 1}"):
        assert server.send("POST", "/update", INSERT, {**UPDATE, "Origin": origin}).status == 403
    own = f"http://127.0.0.1:{server.port}"
    assert server.send("POST", "/update", INSERT, {**UPDATE, "Origin": own}).status == 200


def test_scripts_of_other_sites_are_told_nothing(server: Writable) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"}
    preflight = server.send("OPTIONS", "/store?default", headers=asked)
    written = server.send("POST", "/update", INSERT, UPDATE)
    for reply in (preflight, written, server.as_holder(None).update(INSERT)):
        assert [name for name in reply.headers if name.startswith("access-control-")] == []
    assert preflight.status == 403


def test_tokens_do_not_get_into_the_log_or_the_journal(server: Writable) -> None:
    assert server.token is not None
    server.send("POST", f"/update?x={server.token}", INSERT, UPDATE)
    kept = [path for path in server.folder.rglob("*") if path.is_file()]
    for path in (*kept, server.folder.with_name(server.folder.name + ".log")):
        assert server.token.encode() not in path.read_bytes()


def test_a_revoked_token_is_refused_at_once(server: Writable) -> None:
    tokens = Tokens(DataFolder.open(server.folder).tokens)
    secret, _ = tokens.add("guest", ["write"], ["https://example.org/guest/"], None)
    guest = server.as_holder(secret)
    assert guest.graph("PUT", "https://example.org/guest/1", "<a:s> <a:p> 1 .").status == 201
    tokens.revoke("guest")
    assert guest.graph("PUT", "https://example.org/guest/1", "<a:s> <a:p> 2 .").status == 401


def test_reading_needs_no_token(server: Writable) -> None:
    nobody = server.as_holder(None)
    assert nobody.count() >= 300
    assert nobody.send("GET", "/store?default").status == 200


def test_the_history_needs_one_for_reading(server: Writable) -> None:
    assert server.as_holder(None).send("GET", "/history").status == 401
    assert server.as_holder(server.others["other"]).send("GET", "/history").status == 403
    assert server.as_holder(server.others["reader"]).send("GET", "/history").status == 200


def test_reading_can_be_private(serve: Serve) -> None:
    private = serve("--private")
    nobody = private.as_holder(None)
    query = "/sparql?query=ASK%7B%7D"
    first = private.send("GET", query)
    assert (first.status, "public" in first.headers["cache-control"]) == (200, False)
    for path in (query, "/store", "/nl/", "/api/search?q=x", "/nl/nothing"):
        assert nobody.send("GET", path).status == 401, path
    assert nobody.send("GET", "/healthz").status == 200
    assert private.as_holder(private.others["other"]).send("GET", query).status == 403


def test_a_second_server_on_the_folder_is_refused(server: Writable, tmp_path: Path) -> None:
    (tmp_path / "data.nq").write_text("")
    started = command(free_port(), tmp_path / "data.nq", server.folder)
    found = subprocess.run(started, capture_output=True, timeout=60, check=False)
    assert (found.returncode, b"writes here, and only one may" in found.stderr) == (2, True)
    assert server.send("GET", "/healthz").status == 200


def test_a_server_that_is_not_writable_has_no_such_addresses(visitor: FlaskClient) -> None:
    for method, path in [("POST", "/update"), ("GET", "/store"), ("PUT", "/store?default"), ("GET", "/history")]:
        assert visitor.open(path, method=method).status_code == 404
    assert visitor.delete("/sparql").status_code == 405
