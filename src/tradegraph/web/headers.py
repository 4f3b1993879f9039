"""The header fields that every response carries."""

from typing import Final

from tradegraph.store import Release

METHODS: Final = "GET, HEAD, POST, OPTIONS"

_FIELDS: Final = {
    # Nothing from elsewhere, nothing inline; forms may be sent to this server only.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "manifest-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Retry-After, X-Query-Notice, X-Query-Rewritten, "
    "X-Release, X-Result-Complete, X-Result-Incomplete-Reason",
}


def standard_fields(release: Release) -> dict[str, str]:
    """Return the fields for a server of `release`. Header fields are Latin-1 on the wire; identifiers are ASCII."""
    return {**_FIELDS, "X-Release": release.identifier}
