"""Changing a query's text without changing its number of lines where that can be helped."""

from dataclasses import dataclass

from tradegraph.sparql.structure import Element, Structure


@dataclass(frozen=True, order=True)
class Edit:
    """Replace `text[start:end]`; an insertion when both are the same."""

    start: int
    end: int
    replacement: str


def apply(text: str, edits: list[Edit]) -> str:
    """Apply edits that do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def in_one_line(structure: Structure, element: Element) -> str:
    """Return an element's text with comments left out and white space made one blank; long texts keep their lines."""
    parts: list[str] = []
    end = element.start
    for token in structure.seen[element.first : element.last]:
        parts.append(" " if token.start > end else "")
        parts.append(token.text)
        end = token.start + len(token.text)
    return "".join(parts)


def removal(structure: Structure, element: Element) -> Edit:
    """Return the edit that takes an element out, with the full stop after it, and leaves its line ends."""
    end = element.end
    if element.last < len(structure.seen) and structure.seen[element.last].text == ".":
        end = structure.seen[element.last].start + 1
    return Edit(element.start, end, "\n" * structure.text.count("\n", element.start, end))


def stop_after(structure: Structure, element: Element) -> str:
    """Return the full stop that an element needs before another block of triples, unless it has one."""
    follows = structure.seen[element.last].text if element.last < len(structure.seen) else ""
    return " . " if element.kind == "triples" and follows != "." else " "
