"""The gate: who may send what, decided before a byte of the body is read.

A token comes in the field Authorization (RFC 6750, section 2.1) and in no other way: what stands in an address ends up
in logs, and a browser that adds a cookie by itself would make every other site a writer.
"""

import re
from collections.abc import Mapping
from typing import Final

from flask import Response, request

from tradegraph.web.asgi import Admission
from tradegraph.web.problems import RequestError
from tradegraph.writing import Token, Tokens

UPDATE, STORE, HISTORY = "/update", "/store", "/history"
HISTORY_SPARQL: Final = f"{HISTORY}/sparql"
"""Queries of the history, which are no writes even where they come by POST."""
_AREAS: Final = (UPDATE, STORE, HISTORY)
_READING: Final = ("GET", "HEAD", "OPTIONS")
_OPEN: Final = ("/healthz", "/static/")
_BEARER: Final = re.compile(r"Bearer +([A-Za-z0-9._~+/-]+=*) *", re.IGNORECASE)
_REALM: Final = 'Bearer realm="tradegraph"'


class Gate:
    """Admits requests by their tokens. `base_url`: the address of the site, empty for whatever it is asked under.

    With `private`, reading needs a token too. `most_read` and `most_written`: bytes of a body.
    """

    def __init__(self, tokens: Tokens, base_url: str, most_read: int, most_written: int, *, private: bool) -> None:
        self.private = private
        self._tokens = tokens
        self._base_url = base_url
        self._most_read = most_read
        self._most_written = most_written

    def admit(self, method: str, path: str, fields: Mapping[str, str]) -> Admission:
        """Say how much of the body of a request is read; nothing for who may not send it (see `asgi.Admit`)."""
        writes = is_write(method, path)
        quick = not self.private and not _within(path, _AREAS)
        try:
            self._check(method, path, fields, fields.get("host", ""))
        except RequestError:
            # Said by the application, in `before`.
            return Admission(0, quick=False)
        return Admission(self._most_written if writes else self._most_read, quick, early=writes)

    def before(self) -> None:
        """Refuse the present request where it must be; RequestError."""
        fields = {name.lower(): value for name, value in request.headers.items()}
        self._check(request.method, request.path, fields, request.host)

    def after(self, response: Response) -> Response:
        """Take back what responses say to scripts of other sites, and to shared caches where reading is private."""
        area = _within(request.path, _AREAS)
        read = (
            request.method in ("GET", "HEAD") and response.status_code < 400 and not _within(request.path, (HISTORY,))
        )
        if self.private or (area and not read):
            for name in [name for name in dict(response.headers) if name.lower().startswith("access-control-")]:
                del response.headers[name]
        if self.private:
            response.headers["Cache-Control"] = response.headers.get("Cache-Control", "no-cache").replace(
                "public", "private"
            )
            response.vary.add("Authorization")
        return response

    def holder(self, scope: str) -> Token:
        """Return the token of the present request; RequestError 401 or 403 when none is good for `scope`."""
        return self._token({name.lower(): value for name, value in request.headers.items()}, scope)

    def _check(self, method: str, path: str, fields: Mapping[str, str], host: str) -> None:
        if is_write(method, path):
            self._of_this_site(fields, host)
            self._token(fields, "write")
        elif _within(path, _AREAS) and method == "OPTIONS" and "access-control-request-method" in fields:
            raise RequestError(403, "Scripts of other sites may not write here.", "Write from a program of your own.")
        elif method != "OPTIONS" and (_within(path, (HISTORY,)) or (self.private and not path.startswith(_OPEN))):
            self._token(fields, "read")

    def _of_this_site(self, fields: Mapping[str, str], host: str) -> None:
        origin = fields.get("origin")
        if origin is None:
            return
        # Without a base URL, only the host is known for certain.
        own, sent = (self._base_url, origin) if self._base_url else (f"//{host}", f"//{origin.partition('//')[2]}")
        if sent.lower() != "/".join(own.split("/")[:3]).lower():
            what = f"A page of {origin[:200]} may not write here."
            raise RequestError(403, what, "Write from a program of your own.")

    def _token(self, fields: Mapping[str, str], scope: str) -> Token:
        given = fields.get("authorization")
        if given is None:
            raise RequestError(
                401,
                "This needs a token.",
                "Send it in the field Authorization: Bearer …; the operator makes one with: tradegraph token add.",
                {"WWW-Authenticate": _REALM},
            )
        match = _BEARER.fullmatch(given)
        token = None if match is None else self._tokens.check(match.group(1))
        if token is None:
            raise RequestError(
                401,
                "This token is unknown, revoked or expired.",
                "Ask the operator for one, and send it as: Authorization: Bearer …",
                {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'},
            )
        if scope not in token.scopes:
            raise RequestError(
                403,
                f"This token is not good for this: it has no scope “{scope}”.",
                "Ask the operator for one that is.",
                {"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{scope}"'},
            )
        return token


def is_write(method: str, path: str) -> bool:
    """Say whether a request asks for a change."""
    if method in _READING or (method == "POST" and path == HISTORY_SPARQL):
        return False
    return _within(path, _AREAS)


def _within(path: str, areas: tuple[str, ...]) -> bool:
    return any(path == area or path.startswith(area + "/") for area in areas)
