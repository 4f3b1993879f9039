"""Queries known to end the engine's process, or to take all its memory, sent over HTTP.

Two servers get them: one with the usual bounds, where the scan refuses most with a sentence, and one whose bounds are
so wide that the engine sees them all and its worker dies of them. Both answer the next query at once.
"""

from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest

from web.conftest import POINT, Client, Serve, numbers, wait_until

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Query = Callable[[int], str]


def around(before: str, middle: str, after: str) -> Query:
    """Return what writes `middle` with so many `before` and `after` around it."""
    return lambda depth: f"ASK {{ {before * depth} {middle} {after * depth} }}"


def in_filter(before: str, middle: str, after: str) -> Query:
    return lambda depth: f"ASK {{ FILTER({before * depth}{middle}{after * depth}) }}"


def chain(term: str, operator: str) -> Query:
    return lambda length: f"ASK {{ FILTER({operator.join([term] * length)}) }}"


def sub_selects(depth: int) -> str:
    return "SELECT * { " + "{ SELECT * { " * depth + "?s ?p ?o" + " } }" * depth + " }"


def nested_list(depth: int) -> str:
    return "ASK { ?s ?p " + "( " * depth + "1" + " )" * depth + " }"


def nested_binds(depth: int) -> str:
    return "ASK { " + "{ BIND(1 AS ?x) " * depth + "} " * depth + "}"


def replaces(depth: int) -> str:
    text = "'" + "a" * 100 + "'"
    for _ in range(depth):
        text = f"REPLACE({text}, 'a', 'aaaaaaaaaa')"
    return f"SELECT ({text} AS ?x) {{}}"


def doublings(count: int) -> str:
    steps = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(count))
    return f"SELECT (STRLEN(?v{count}) AS ?x) {{ BIND('aaaaaaaa' AS ?v0) {steps} }}"


def values_product(count: int) -> str:
    ten = " ".join(map(str, range(10)))
    return "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?n{n} {{ {ten} }}" for n in range(count)) + " }"


def in_list(length: int) -> str:
    return f"ASK {{ ?s ?p ?o . ?t ?q ?r FILTER(?o + ?r IN ({', '.join(str(-n) for n in range(1, length))})) }}"


PAIRS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
ANYWHERE = " . ".join(f"?from{n} (!<x:x>|^!<x:x>)* ?to{n}" for n in range(4))
STOPPED = {400, 504, 507}
"""What a worker that was let loose on it ends with: too complex, too late, or out of memory."""
NESTED = [
    ("functions", in_filter("STR(", "'x'", ")"), 5000),
    ("EXISTS", around("FILTER EXISTS {", "?s ?p ?o", "}"), 3000),
    ("blank nodes", around("[] <x:p> [ <x:p> ", "1", "]"), 3000),
    ("groups", around("{", "?s ?p ?o", "}"), 20_000),
    ("sub-selects", sub_selects, 8000),
    ("BINDs", nested_binds, 8000),
    ("parentheses", in_filter("(", "1", ")"), 20_000),
    ("list", nested_list, 300),
    ("OPTIONAL", around("OPTIONAL {", "?s ?p ?o", "}"), 8000),
]
CHAINED = [
    ("or", chain("?x", "||"), 20_000),
    ("and", chain("?x", "&&"), 20_000),
    ("plus", chain("1", "+"), 20_000),
    ("not", in_filter("!", "true", ""), 40_000),
    ("UNION", lambda length: "ASK { " + " UNION ".join(["{}"] * length) + " }", 20_000),
    ("path", lambda length: "ASK { ?s " + "/".join(["<x:p>"] * length) + " ?o }", 20_000),
]
HUNGRY = [
    ("REPLACE", replaces(9)),
    ("doubling", doublings(28)),
    ("ORDER BY", f"SELECT * {{ {PAIRS} }} ORDER BY ?c ?l"),
    ("DISTINCT", f"SELECT DISTINCT * {{ {PAIRS} }} ORDER BY ?a"),
    ("GROUP_CONCAT", f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) {{ {PAIRS} }}"),
]
ENDLESS = [
    ("VALUES", values_product(14)),
    ("path of 1,000 steps", "ASK { ?s " + "/".join(["(!<x:p>)"] * 1000) + " ?o }"),
    (
        "regular expression",
        f"SELECT (COUNT(*) AS ?n) {{ {PAIRS} "
        'FILTER REGEX(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l)), "(1+)+(2|3)*x$") }',
    ),
    ("cross product", f"SELECT (COUNT(*) AS ?n) {{ {PAIRS} }}"),
    ("exploding path", f"SELECT (COUNT(*) AS ?n) {{ {ANYWHERE} }}"),
    ("long list of values", in_list(20_000)),
]


@pytest.fixture(scope="session")
def trusting(serve: Serve) -> Client:
    """A server that lets everything through to its workers."""
    return serve(
        numbers(),
        max_query_bytes=2_000_000,
        max_nesting_depth=1_000_000,
        max_chain_length=1_000_000,
        max_dataset_graphs=5000,
        max_running_queries=2,
    )


def sent(client: Client, query: str, seconds: int = 3) -> int:
    """Send a query, see that the next is answered, and return the status."""
    reply = client.send("POST", "/sparql", urlencode({"query": query, "timeout": str(seconds)}).encode(), FORM)
    if reply.status != 200:
        assert reply.problem["remedy"]
        assert reply.headers["access-control-allow-origin"] == "*"
    assert client.get(f"{POINT} # after {hash(query)}", format="csv").body == b"o\r\n7\r\n"
    return reply.status


@pytest.mark.parametrize(("name", "query", "size"), NESTED, ids=[name for name, _, _ in NESTED])
def test_nesting_is_refused_with_its_place(client: Client, name: str, query: Query, size: int) -> None:
    reply = client.send("POST", "/sparql", urlencode({"query": query(250)}).encode(), FORM)
    assert reply.status == 400
    assert "nested more than 200 deep" in str(reply.problem["detail"])
    assert int(reply.problem["column"]) > 200


@pytest.mark.parametrize(("name", "query", "size"), NESTED + CHAINED, ids=[name for name, _, _ in NESTED + CHAINED])
def test_what_the_engine_dies_of_takes_its_worker_only(trusting: Client, name: str, query: Query, size: int) -> None:
    assert sent(trusting, query(size)) in STOPPED


@pytest.mark.parametrize(("name", "query", "size"), CHAINED, ids=[name for name, _, _ in CHAINED])
def test_chains_are_refused(client: Client, name: str, query: Query, size: int) -> None:
    assert sent(client, query(2100)) == 400


@pytest.mark.parametrize(("name", "query"), HUNGRY, ids=[name for name, _ in HUNGRY])
def test_a_query_that_wants_all_memory_is_stopped(client: Client, name: str, query: str) -> None:
    assert sent(client, query, 30) in {504, 507}


@pytest.mark.parametrize(("name", "query"), ENDLESS, ids=[name for name, _ in ENDLESS])
def test_a_query_without_end_is_stopped_in_time(trusting: Client, name: str, query: str) -> None:
    assert sent(trusting, query, 2) in {504, 507}


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_long_list_of_graphs_is_refused_and_costs_a_worker_at_most(
    client: Client, trusting: Client, parameter: str
) -> None:
    graphs = "".join(f"&{parameter}={quote(f'https://example.org/{number}')}" for number in range(900))
    body = f"query={quote('SELECT * { ?s ?p ?o . ?o ?q ?r }')}&timeout=2{graphs}".encode()
    assert client.send("POST", "/sparql", body, FORM).problem["status"] == 400
    assert trusting.send("POST", "/sparql", body, FORM).status in {200, 504}
    assert trusting.get(POINT + " # graphs", format="csv").body == b"o\r\n7\r\n"


def test_from_clauses_count_too(client: Client, trusting: Client) -> None:
    clauses = " ".join(f"FROM <https://example.org/{number}>" for number in range(3000))
    query = f"SELECT * {clauses} {{ ?s ?p ?o . ?o ?q ?r }}"
    assert "more than 5 graphs" in str(client.get(query[:8000] + " {}").problem["detail"])
    assert sent(trusting, query, 2) in {200, 504}


def test_afterwards_every_place_is_there(client: Client, trusting: Client) -> None:
    wait_until(client.has_all_its_places)
    wait_until(trusting.has_all_its_places)
