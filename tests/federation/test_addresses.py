"""A connection goes to the public internet or nowhere, whatever the address looks like and whatever names say."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradegraph.errors import StoreUnavailable
from tradegraph.federation import Call, Caller, Deadline, is_allowed_address, read_endpoints
from tradegraph.federation.addresses import look_up, read_location
from tradegraph.settings import SettingError

INSIDE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2a00:1450::1%eth0",
    "fec0::1",
    "ff02::1",
]
OUTSIDE = ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2a00:1450:4001::1", "2606:4700::1111"]
NO_ADDRESS = ["", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1 ", "8.8.8.8/32", "[::1]"]
URL = "https://endpoint.example/sparql"


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_the_public_internet_is_not_called(address: str) -> None:
    assert not is_allowed_address(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_internet_is(address: str) -> None:
    assert is_allowed_address(address)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_is_no_address_written_plainly_is_not(text: str) -> None:
    assert not is_allowed_address(text)


@given(st.ip_addresses(v=4))
def test_an_address_in_another_address_is_never_called(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    for outer in (
        number,
        0xFFFF << 32 | number,
        0x64FF9B << 96 | number,
        0x64FF9B0001 << 80 | number,
        0x2002 << 112 | number << 80,
        0x20010000 << 96 | number ^ 0xFFFFFFFF,
    ):
        assert not is_allowed_address(str(ipaddress.IPv6Address(outer)))


class Connections:
    """Counts where connections are asked for, and makes none."""

    def __init__(self) -> None:
        self.to: list[str] = []

    def __call__(self, address: str, port: int, time_s: float) -> socket.socket:
        self.to.append(address)
        raise ConnectionRefusedError


def called(url: str, *answers: tuple[str, ...]) -> list[str]:
    """Return where connections would go for `url`, called once for each of the resolver's `answers`."""
    connections = Connections()
    names = iter(answers)
    caller = Caller(lookup=lambda host, port, time_s: next(names), connect=connections)
    for _ in answers:
        with pytest.raises(StoreUnavailable):
            caller(Call(url, "ASK {}", Deadline.after(5), 100))
    return connections.to


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_makes_no_connection(address: str) -> None:
    assert called(URL, (address,)) == []


@pytest.mark.parametrize("answer", [("8.8.8.8", "127.0.0.1"), ("::1", "8.8.8.8"), ("8.8.8.8", "::ffff:10.0.0.1")])
def test_a_name_that_leads_inside_and_outside_makes_no_connection(answer: tuple[str, ...]) -> None:
    assert called(URL, answer) == []


def test_a_name_that_changes_between_two_looks_is_looked_at_once_for_each_call() -> None:
    # The connection goes to the address that was checked; the next call checks again.
    assert called(URL, ("8.8.8.8",), ("127.0.0.1",)) == ["8.8.8.8"]


def test_every_address_of_a_name_is_tried() -> None:
    assert called(URL, ("8.8.8.8", "1.1.1.1")) == ["8.8.8.8", "1.1.1.1"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "localhost.",
        "LOCALHOST",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_way_to_write_this_machine_makes_a_connection(scheme: str, host: str) -> None:
    connections = Connections()
    with pytest.raises(StoreUnavailable):
        # With the resolver of the system, which reads all of these as 127.0.0.1 or ::1.
        Caller(connect=connections)(Call(f"{scheme}://{host}/sparql", "ASK {}", Deadline.after(5), 100))
    assert connections.to == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
def test_what_the_system_reads_as_this_machine_is_not_called_either(host: str) -> None:
    assert look_up(host, 80, 5) == ("127.0.0.1",)
    assert called(URL, look_up(host, 80, 5)) == []


def test_the_resolver_of_the_system_is_asked() -> None:
    assert set(look_up("localhost", 80, 5)) <= {"127.0.0.1", "::1"}
    assert look_up("localhost", 80, 5)
    assert look_up("a" * 64 + ".example", 80, 5) == ()


@pytest.mark.parametrize(
    "url",
    [
        "endpoint.example/sparql",
        "ftp://endpoint.example/",
        "HTTPS://endpoint.example/",
        "https:///sparql",
        "https://",
        "https://user@endpoint.example/",
        "https://user:word@endpoint.example/",
        "https://endpoint.example/#part",
        "https://endpoint.example/a b",
        "https://endpoint.example/\r\nHost:x",
        "https://endpoint.example\r\n/",
        "https://endpoint.example/é",
        "https://eñe.example/",
        "https://endpoint.example:0/",
        "https://endpoint.example:65536/",
        "https://endpoint.example:x/",
        "https://endpoint..example/",
        "https://-.example/",
        f"https://{'a' * 64}.example/",
        "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://1.2.3/",
        "https://010.1.1.1/",
        "https://endpoint.example\\@127.0.0.1/",
        "https://endpoint.example/<x>",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_none(url: str) -> None:
    assert read_location(url) is None
    with pytest.raises(SettingError, match="federation_endpoints"):
        read_endpoints(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "[::1]", "[fd00::1]", "169.254.169.254"])
def test_the_operator_is_told_at_once_that_an_address_is_inside(host: str) -> None:
    with pytest.raises(SettingError, match="public internet"):
        read_endpoints(f"http://{host}/sparql")


def test_the_setting_is_a_list_with_commas() -> None:
    assert read_endpoints("") == ()
    assert read_endpoints(f" {URL} ,http://8.8.8.8:81/?x=1,, {URL}") == (URL, "http://8.8.8.8:81/?x=1")


def test_an_address_is_taken_apart_as_it_will_be_used() -> None:
    location = read_location("https://Endpoint.example:8443/a/b?c=d&e")
    assert location is not None
    assert (location.secure, location.host, location.port) == (True, "endpoint.example", 8443)
    assert (location.authority, location.target) == ("Endpoint.example:8443", "/a/b?c=d&e")
    plain = read_location("http://endpoint.example")
    assert plain is not None
    assert (plain.secure, plain.port, plain.target) == (False, 80, "/")
