"""Measures building and validating the release: seconds and peak memory per step, in a process of its own each.

    .venv/bin/python benchmarks/build.py [--runs 3]

Prints a Markdown table: median of the runs. Machines differ; compare rows of one run with each other.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile

STEPS = {
    "read the facts": "read_facts(project)",
    "read, assemble, derive": "assemble(project, read_facts(project))",
    "build (all of it, with validation)": "build(project, ReleaseFolder(Path(folder)))",
}
CHILD = """
import json, resource, sys, time
from pathlib import Path
from tradegraph.facts import read_facts
from tradegraph.files import Project
from tradegraph.graph import assemble
from tradegraph.release import ReleaseFolder, build
folder, project = sys.argv[1], Project.own()
start = time.perf_counter()
{step}
seconds = time.perf_counter() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measure(step: str) -> tuple[float, float]:
    """Run one step in a new process; return seconds (imports excluded) and peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", CHILD.format(step=step), folder]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, megabytes = json.loads(output.splitlines()[-1])
    return seconds, megabytes


def main() -> None:
    """Measure every step and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    print("| step | seconds | peak MB |\n|---|---:|---:|")
    for name, step in STEPS.items():
        results = [measure(step) for _ in range(runs)]
        seconds = statistics.median(result[0] for result in results)
        print(f"| {name} | {seconds:.1f} | {statistics.median(result[1] for result in results):.0f} |")


if __name__ == "__main__":
    main()
