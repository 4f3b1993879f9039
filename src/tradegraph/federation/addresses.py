"""Which addresses the operator allows, how they are read, and where a connection may go.

The lists are the operator's, but names on them are resolved by servers of others: what they answer is checked each
time.
"""

import ipaddress
import queue
import re
import socket
import threading
import urllib.parse
from dataclasses import dataclass
from typing import Final

from tradegraph.settings import SettingError

SETTING: Final = "federation_endpoints"
_URL: Final = re.compile(r"https?://(?:(?![<>\"{}|^`\\#])[!-~])+")
_NAME: Final = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*")
_NUMERIC: Final = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|[0-9]+)")
"""Hosts whose last part is a number: the system reads these as IPv4 addresses, in decimal, octal and hexadecimal."""

# What `ipaddress` of Python 3.11 calls global although it is not, or although it leads elsewhere.
_CLOSED_4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
        "168.63.129.16/32",  # a public number for the inside of a cloud
    )
)
_OPEN_6: Final = ipaddress.IPv6Network("2000::/3")
"""The only global unicast addresses there are; mapped, translated, local and multicast ones lie outside of it."""
_CLOSED_6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them: IPv4 inside
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: IPv4 inside
        "3fff::/20",  # documentation (RFC 9637)
    )
)


@dataclass(frozen=True)
class Location:
    """An http(s) address taken apart; `authority` is as written, `target` what follows it."""

    url: str
    secure: bool
    host: str
    port: int
    authority: str
    target: str


def read_location(url: str) -> Location | None:
    """Take `url` apart; None for what is no plain http(s) address (RFC 3986): no user, no fragment, only ASCII."""
    if _URL.fullmatch(url) is None:
        return None
    try:
        parts = urllib.parse.urlsplit(url)
        given = parts.port
    except ValueError:
        return None
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = given if given is not None else 443 if secure else 80
    if "@" in parts.netloc or not 0 < port < 65536 or not _is_host(host, parts.netloc.startswith("[")):
        return None
    target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    return Location(url, secure, host, port, parts.netloc, target)


def _is_host(host: str, in_brackets: bool) -> bool:
    address = _address(host)
    if in_brackets:
        return isinstance(address, ipaddress.IPv6Address) and address.scope_id is None
    # 2130706433, 0x7f.1 and 0177.0.0.1 are ways to write 127.0.0.1: only the plain way will do.
    if _NUMERIC.fullmatch(host.rstrip(".")):
        return isinstance(address, ipaddress.IPv4Address)
    return _NAME.fullmatch(host.removesuffix(".")) is not None


def read_endpoints(text: str) -> tuple[str, ...]:
    """Return the addresses in the setting's comma-separated `text`; SettingError for one that can never be called."""
    return tuple(one.url for one in read_list(SETTING, text, "is not the https:// address of a SPARQL endpoint."))


def read_list(setting: str, text: str, complaint: str) -> tuple[Location, ...]:
    """Return the addresses in comma-separated `text`, each once.

    Raises SettingError about `setting`: with the `complaint` for what is no address, and for one that can never be
    called.
    """
    found = []
    for url in dict.fromkeys(url for part in text.split(",") if (url := part.strip())):
        location = read_location(url)
        if location is None:
            raise SettingError(setting, url, complaint)
        if _address(location.host) is not None and not is_allowed_address(location.host):
            raise SettingError(setting, url, "is not an address on the public internet; only those are called.")
        found.append(location)
    return tuple(found)


def is_allowed_address(text: str) -> bool:
    """Say whether a connection may go to the IP address `text`: unicast on the public internet, and nothing else.

    Private, shared (carrier), loopback, link-local, multicast, reserved, documentation and unspecified addresses are
    not (IANA special-purpose registries, RFC 6890), nor IPv6 ones that carry an IPv4 address: mapped, translated
    (NAT64), 6to4, Teredo.
    """
    address = _address(text)
    if address is None or not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    return address.scope_id is None and address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def look_up(host: str, port: int, time_s: float) -> tuple[str, ...]:
    """Return the IP addresses of `host` by the system's resolver; none when it knows none.

    TimeoutError after `time_s` seconds: the system's call cannot be stopped, so it is left to end by itself.
    """
    found: queue.SimpleQueue[tuple[str, ...]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            infos = []
        found.put(tuple(dict.fromkeys(str(info[4][0]) for info in infos)))

    threading.Thread(target=ask, daemon=True, name="federation-lookup").start()
    try:
        return found.get(timeout=time_s)
    except queue.Empty as error:
        raise TimeoutError from error
