"""Tokens: shown once, kept as digests, each with graphs that are nobody else's."""

import re
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tradegraph.errors import NotFound, NotSound
from tradegraph.writing import DataFolder, Tokens
from writing.conftest import Calendar

OWN = "https://example.org/customs/"


@pytest.fixture
def tokens(folder: DataFolder) -> Tokens:
    return Tokens(folder.tokens)


def test_a_token_is_known_again(tokens: Tokens) -> None:
    secret, made = tokens.add("customs", ["write"], [OWN])
    assert re.fullmatch(r"tg_[A-Za-z0-9_-]{43}", secret)
    assert tokens.check(secret) == made
    assert made.name == "customs"


def test_only_a_digest_of_it_is_kept(tokens: Tokens, folder: DataFolder) -> None:
    secret, made = tokens.add("customs", ["write"], [OWN])
    kept = folder.tokens.read_text(encoding="utf-8")
    assert secret not in kept
    assert secret[3:20] not in kept
    assert made.sha256 in kept
    assert stat.S_IMODE(folder.tokens.stat().st_mode) == 0o600


@pytest.mark.parametrize("presented", ["", "tg_", "tg_" + "A" * 43, "é", "\ud800"])
def test_another_text_is_no_token(tokens: Tokens, presented: str) -> None:
    tokens.add("customs", ["write"], [OWN])
    assert tokens.check(presented) is None


def test_the_digest_is_no_token(tokens: Tokens) -> None:
    _secret, made = tokens.add("customs", ["write"], [OWN])
    assert tokens.check(made.sha256) is None


def test_a_writer_may_write_in_graphs_of_their_own_only(tokens: Tokens) -> None:
    _secret, made = tokens.add("customs", ["write"], [OWN])
    assert made.may_write(OWN + "2026")
    for graph in (
        "https://example.org/customs",
        "https://example.org/other/",
        "",
        "https://w3id.org/tradegraph/graph/x",
    ):
        assert not made.may_write(graph)


def test_who_may_only_read_may_write_nowhere(tokens: Tokens) -> None:
    _secret, made = tokens.add("reader", ["read"])
    assert not made.may_write(OWN)
    assert made.scopes == ("read",)


def test_a_revoked_token_is_no_longer_known_to_whoever_has_the_file_open(folder: DataFolder, tokens: Tokens) -> None:
    secret, made = tokens.add("customs", ["write"], [OWN])
    server = Tokens(folder.tokens)
    assert server.check(secret) == made
    assert tokens.revoke("customs") == 1
    assert server.check(secret) is None
    again, renewed = tokens.add("customs", ["write"], [OWN])
    assert server.check(again) == renewed
    folder.tokens.unlink()
    assert server.check(again) is None


def test_a_name_may_have_two_tokens_while_one_replaces_the_other(tokens: Tokens) -> None:
    first, _ = tokens.add("customs", ["write"], [OWN])
    second, _ = tokens.add("customs", ["read", "write"], [OWN + "b/"])
    assert all(tokens.check(one) for one in (first, second))
    assert tokens.revoke("customs") == 2


def test_a_token_ends_when_it_was_said_to(folder: DataFolder) -> None:
    clock = Calendar()
    tokens = Tokens(folder.tokens, clock)
    secret, _ = tokens.add("customs", ["write"], [OWN], expires=datetime(2026, 3, 1, 11, tzinfo=UTC))
    assert tokens.check(secret) is not None, "at 10"
    assert tokens.check(secret) is None, "at 11"


@pytest.mark.parametrize(
    "prefix", [OWN, "https://example.org/", OWN + "2026/", "https://example.org/customs/a#", "https://example.org/c:"]
)
def test_what_belongs_to_one_is_not_given_to_another(tokens: Tokens, prefix: str) -> None:
    tokens.add("customs", ["write"], [OWN])
    if prefix.startswith(OWN) or OWN.startswith(prefix):
        with pytest.raises(NotSound, match="belongs to customs already"):
            tokens.add("chamber", ["write"], [prefix])
    else:
        tokens.add("chamber", ["write"], [prefix])


@pytest.mark.parametrize(
    "prefix",
    [
        "https://w3id.org/tradegraph/graph/",
        "https://w3id.org/tradegraph/graph/mine/",
        "https://w3id.org/",
        "https:",
        "urn:",
        "urn:tradegraph:bnode:",
    ],
)
def test_the_graphs_of_the_release_are_nobodys(tokens: Tokens, prefix: str) -> None:
    with pytest.raises(NotSound, match="the project's own"):
        tokens.add("customs", ["write"], [prefix])


@pytest.mark.parametrize(
    ("name", "scopes", "graphs", "why"),
    [
        ("", ["write"], [OWN], "is no name"),
        ("a b", ["write"], [OWN], "is no name"),
        ("../x", ["write"], [OWN], "is no name"),
        ("customs", [], [OWN], "No scope"),
        ("customs", ["admin"], [OWN], "admin"),
        ("customs", ["write"], [], "at least one --graph"),
        ("customs", ["read"], [OWN], "who only reads has none"),
        ("customs", ["write"], ["customs/"], "not the beginning of IRIs"),
        ("customs", ["write"], ["https://example.org/customs"], "ends in"),
        ("customs", ["write"], ["https://example.org/a b/"], "not the beginning of IRIs"),
    ],
)
def test_what_makes_no_sense_is_refused(
    tokens: Tokens, name: str, scopes: list[str], graphs: list[str], why: str
) -> None:
    with pytest.raises(NotSound, match=why):
        tokens.add(name, scopes, graphs)
    assert tokens.known() == ()


def test_a_token_cannot_have_ended_already(tokens: Tokens) -> None:
    with pytest.raises(NotSound, match="has passed"):
        tokens.add("customs", ["read"], expires=datetime.now(UTC) - timedelta(days=1))


def test_revoking_what_is_not_there_lists_who_is(tokens: Tokens) -> None:
    tokens.add("customs", ["write"], [OWN])
    with pytest.raises(NotFound, match="There are: customs"):
        tokens.revoke("chamber")


def test_a_file_that_cannot_be_read_lets_nobody_in(folder: DataFolder, tokens: Tokens) -> None:
    secret, _ = tokens.add("customs", ["write"], [OWN])
    folder.tokens.write_text("{", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(NotSound, match="does not hold tokens"):
            tokens.check(secret)


def test_tokens_added_at_the_same_time_are_all_there(folder: DataFolder) -> None:
    program = "import sys; from pathlib import Path; from tradegraph.writing import Tokens\n"
    program += "for n in range(5): Tokens(Path(sys.argv[1])).add(f'w{sys.argv[2]}-{n}', ['read'])"
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(folder.tokens), str(number)]) for number in range(4)
    ]
    assert [one.wait() for one in started] == [0] * 4
    assert len(Tokens(folder.tokens).known()) == 20
    assert [path for path in folder.root.iterdir() if path.name.startswith(".")] == []
