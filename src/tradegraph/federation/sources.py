"""What the operator allows LOAD to fetch: documents, and everything below an address that ends in a slash."""

import re
import urllib.parse
from dataclasses import dataclass
from typing import Final, Self

from tradegraph.federation.addresses import Location, read_list, read_location
from tradegraph.settings import SettingError

SETTING: Final = "load_sources"
_AMBIGUOUS: Final = re.compile(r"%(?:2[EF5]|3B|5C|[01][0-9A-F]|7F)|(?:^|/)\.{1,2}(?:;[^/]*)?(?:/|$)", re.IGNORECASE)
"""What can leave a folder, as some servers read paths: dot segments, also with parameters (`/..;/`), and dots, slashes,
backslashes, semicolons, control characters and percent signs behind percent signs."""


@dataclass(frozen=True)
class Sources:
    """The list, in the operator's order."""

    listed: tuple[Location, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the setting's comma-separated `text`; SettingError for what can never be fetched."""
        listed = read_list(SETTING, text, "is not the https:// address of a document, or of a folder of them with / .")
        for one in listed:
            if _is_folder(one) and _AMBIGUOUS.search(one.target):
                raise SettingError(SETTING, one.url, "has dots or escapes that can be read in two ways.")
        return cls(listed)

    def allow(self, url: str) -> bool:
        """Say whether an address (see `address_of`) is on the list.

        Scheme, host and port must be the same; so must the rest, to the letter, or begin with that of a listed folder
        and not leave it in any reading.
        """
        location = read_location(url)
        return location is not None and any(_covers(one, location) for one in self.listed)


def address_of(iri: str) -> str:
    """Return the address at which the document of an IRI is fetched (RFC 3987, section 3.1): in ASCII, no fragment."""
    return "".join(
        one if one.isascii() else urllib.parse.quote(one, safe="", errors="replace") for one in iri.partition("#")[0]
    )


def _is_folder(location: Location) -> bool:
    # As it was written: a host without a path is a document, and not all that the host has.
    return location.url.endswith("/") and "?" not in location.url


def _covers(listed: Location, wanted: Location) -> bool:
    if (listed.secure, listed.host, listed.port) != (wanted.secure, wanted.host, wanted.port):
        return False
    if not _is_folder(listed):
        return listed.target == wanted.target
    path = wanted.target.partition("?")[0]
    return path.startswith(listed.target) and _AMBIGUOUS.search(path) is None
