"""What the operator lists for LOAD is what may be loaded, however an address is written."""

import pytest

from tradegraph.federation import Sources, address_of
from tradegraph.settings import SettingError

LISTED = Sources.read(
    "https://a.example/one.ttl, https://a.example/open/ ,http://b.example:8080/data/,https://c.example"
)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/one.ttl",
        "https://A.Example:443/one.ttl",
        "https://a.example/open/",
        "https://a.example/open/two.ttl",
        "https://a.example/open/deep/er/two.ttl?version=1&of=../x",
        "https://a.example/open/.hidden/a..b/two...ttl",
        "https://a.example/open/a%20b%C3%A9.ttl",
        "http://b.example:8080/data/x",
        "https://c.example",
        "https://c.example/",
    ],
)
def test_documents_and_what_is_below_folders_may_be_loaded(url: str) -> None:
    assert LISTED.allow(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "relative",
        "file:///etc/hostname",
        "http://a.example/one.ttl",
        "https://a.example:8443/one.ttl",
        "https://a.example./one.ttl",
        "https://a.example/",
        "https://a.example/One.ttl",
        "https://a.example/one.ttl/",
        "https://a.example/one.ttl?x",
        "https://a.example/%6Fne.ttl",
        "https://a.example/open",
        "https://a.example/opened/x",
        "https://a.example//open/x",
        "http://b.example/data/x",
        "https://c.example/x",
        "https://a.example@evil.example/open/x",
        "https://user@a.example/open/x",
        "https://a.example.evil.example/open/x",
        "https://evil.example/https://a.example/open/x",
        "https://evil.example#https://a.example/open/",
        "https://a.example\\@evil.example/open/x",
        "https://ａ.example/open/x",
    ],
)
def test_what_only_looks_like_it_may_not(url: str) -> None:
    assert not LISTED.allow(url)


@pytest.mark.parametrize(
    "rest",
    [
        "..",
        "../x",
        "a/../../x",
        "./x",
        "a/.",
        "..;/x",
        "a/..;p=1/x",
        "%2e%2e/x",
        ".%2E/x",
        "..%2fx",
        "a%2F..%2f..%2fx",
        "..%5cx",
        "%252e%252e/x",
        "%2e%2e%3b/x",
        "..%00/x",
        "..%0d%0aX:",
    ],
)
def test_no_path_leads_out_of_a_folder_in_any_reading(rest: str) -> None:
    assert not LISTED.allow("https://a.example/open/" + rest)


def test_an_empty_list_allows_nothing() -> None:
    assert Sources.read(" ,").listed == ()
    assert not Sources().allow("https://a.example/one.ttl")


def test_a_slash_in_a_query_makes_no_folder() -> None:
    one = Sources.read("https://a.example/get?path=/")
    assert one.allow("https://a.example/get?path=/")
    assert not one.allow("https://a.example/get?path=/etc")


@pytest.mark.parametrize(
    "wrong",
    [
        "a.example/x",
        "ftp://a.example/",
        "file:///srv/",
        "https://user@a.example/",
        "https://a.example/x#y",
        "https://a.example/open/../",
        "https://a.example/%2e%2e/",
        "https://127.0.0.1/",
        "http://[::1]:8000/",
        "http://169.254.169.254/",
    ],
)
def test_the_operator_is_told_at_once_of_what_can_never_be_loaded(wrong: str) -> None:
    with pytest.raises(SettingError, match="load_sources") as told:
        Sources.read(f"https://a.example/, {wrong}")
    assert told.value.value == wrong


def test_an_iri_is_fetched_at_its_address() -> None:
    assert address_of("https://a.example/é/日?q=ü#part") == "https://a.example/%C3%A9/%E6%97%A5?q=%C3%BC"
    assert address_of("https://a.example/a%20b") == "https://a.example/a%20b"
