"""The guard is light: what only releases are validated with does not come with it."""

import subprocess
import sys

_PROGRAM = """
import sys
import tradegraph.writing.keeper
print(sorted({"pyshacl", "rdflib"} & {name.partition(".")[0] for name in sys.modules}))
"""


def test_the_keeper_of_a_writable_store_loads_neither_pyshacl_nor_rdflib() -> None:
    """Each costs tens of megabytes and a second, in a process of which every worker is a copy."""
    told = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
