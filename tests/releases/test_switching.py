"""A running server goes over to another release when it is told to, and nobody is turned away meanwhile."""

import json
import os
import signal
import time
from urllib.request import urlopen

from releases.conftest import NEWER, OLDER, put
from serving import running
from tradegraph.release import ReleaseFolder


def test_on_sighup_the_server_opens_what_is_current_then(folder: ReleaseFolder) -> None:
    older = put(folder, OLDER).identifier
    with running(folder.root / "current") as server:

        def served() -> str:
            with urlopen(server.address + "/healthz") as response:
                return str(json.load(response)["release"])

        assert served() == older
        newer = put(folder, NEWER).identifier
        assert served() == older
        os.kill(server.pid, signal.SIGHUP)
        end = time.monotonic() + 60
        while served() != newer:
            assert time.monotonic() < end, "the server stayed with the older release"
            time.sleep(0.05)
