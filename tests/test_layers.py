"""Imports go down only, and rooms on the same floor do not know each other (docs/decisions/0002-rooms.md)."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "tradegraph"
FLOORS = (
    ("errors", "namespaces", "media_types", "settings", "files", "queries", "languages", "serialised"),
    ("facts", "sparql", "drawings"),
    ("graph",),
    ("checks", "federation", "search", "store"),
    ("explore", "publish", "release", "writing"),
    ("web",),
    ("cli",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__init__.py" or path.parent != SOURCE)


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return the rooms that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("tradegraph.")}
    return found


def test_every_module_has_a_room_and_there_are_many() -> None:
    assert {room(path) for path in MODULES} == set(FLOOR)
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_only(path: Path) -> None:
    own = room(path)
    # The small modules of the ground floor may use each other; they have no rooms.
    wrong = {other for other in imports(path) if other != own and FLOOR[other] >= max(FLOOR[own], 1)}
    assert not wrong, f"{own} imports {sorted(wrong)}"
