"""What the first visitors would otherwise wait for, done before the server answers: about a second of work.

Templates are compiled, names and lists are read, checks are run. Pages keep what they read as long as they are served,
so a page or two of each subject is enough.
"""

import gc
import logging
from typing import Final

from flask import Flask

PAGES: Final = (
    "/nl/",
    "/en/",
    "/nl/quality",
    "/nl/coverage",
    "/nl/search?q=hnadelsmissie",
    "/nl/connections",
)
_LOG: Final = logging.getLogger(__name__)


def warm(app: Flask) -> None:
    """Compile all templates of `app` and make some pages; one that cannot be made is the trouble of who asks for it."""
    for name in app.jinja_env.list_templates(extensions=["html", "svg"]):
        app.jinja_env.get_template(name)
    visitor = app.test_client()
    for address in PAGES:
        status = visitor.get(address).status_code
        if status != 200:
            _LOG.info("%s cannot be made beforehand: status %s", address, status)
    # All of this stays: without it the collector has so much less to go through, in the middle of requests.
    gc.collect()
    gc.freeze()
