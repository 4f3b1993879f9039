"""The guard: whether a graph still conforms to SHACL shapes after a write, in milliseconds.

`Guard(Shapes.read(files)).check(store, removed, added)` looks only at the focus nodes that the change can affect; the
answer is that of a whole validation. How it works and why it is sound: docs/guard.md.
"""

from tradegraph.checks.guard.guard import Guard, GuardReport, Shapes

__all__ = ["Guard", "GuardReport", "Shapes"]
