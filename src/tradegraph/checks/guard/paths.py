"""Property paths (SHACL, section 2.3.1; SPARQL 1.1, section 9): where they lead, and which single steps they take."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tradegraph.checks.guard.terms import Term
from tradegraph.checks.guard.view import View


@dataclass(frozen=True)
class Predicate:
    """One step along a property."""

    iri: NamedNode


@dataclass(frozen=True)
class AnyPredicate:
    """One step along whatever property: how a negated property set is read, more widely than it says."""


@dataclass(frozen=True)
class Inverse:
    """A path walked from its end to its beginning."""

    path: "Path"


@dataclass(frozen=True)
class Sequence:
    """Paths one after the other; none of them is no step at all."""

    parts: tuple["Path", ...]


@dataclass(frozen=True)
class Alternative:
    """Any of several paths."""

    parts: tuple["Path", ...]


@dataclass(frozen=True)
class Repeated:
    """A path any number of times, `*`; at least once, `+`; at most once, `?`."""

    path: "Path"
    mark: str


Path = Predicate | AnyPredicate | Inverse | Sequence | Alternative | Repeated

HERE = Sequence(())
"""The path that stays where it is."""


@dataclass(frozen=True)
class Step:
    """One property in a path: `before` leads to it from the path's beginning, `after` from it to the path's end.

    `inverse` says that the step is walked from object to subject. `predicate` is None for any property.
    """

    before: Path
    predicate: NamedNode | None
    inverse: bool
    after: Path


def joined(*paths: Path) -> Path:
    """Return the paths one after the other, as flat as can be."""
    parts: list[Path] = []
    for path in paths:
        parts += path.parts if isinstance(path, Sequence) else (path,)
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def parts_of(path: Path) -> tuple[Path, ...]:
    """Return the paths of which a path is the sequence; one that is none is its only part."""
    match path:
        case Sequence(parts):
            return tuple(one for part in parts for one in parts_of(part))
        case Inverse(Sequence() | Inverse()):
            return parts_of(turned(path.path))
    return (path,)


def turned(path: Path) -> Path:
    """Return the path that leads back."""
    match path:
        case Predicate() | AnyPredicate():
            return Inverse(path)
        case Inverse(inner):
            return inner
        case Sequence(parts):
            return Sequence(tuple(turned(part) for part in reversed(parts)))
        case Alternative(parts):
            return Alternative(tuple(turned(part) for part in parts))
        case Repeated(inner, mark):
            return Repeated(turned(inner), mark)


def steps(path: Path) -> Iterator[Step]:
    """Yield every property of a path with what lies before and after it.

    A triple that makes a difference to where the path leads from some node is the triple of one of these steps.
    """
    match path:
        case Predicate(iri):
            yield Step(HERE, iri, False, HERE)
        case AnyPredicate():
            yield Step(HERE, None, False, HERE)
        case Inverse(inner):
            for step in steps(inner):
                yield Step(turned(step.after), step.predicate, not step.inverse, turned(step.before))
        case Sequence(parts):
            for number, part in enumerate(parts):
                for step in steps(part):
                    before, after = joined(*parts[:number], step.before), joined(step.after, *parts[number + 1 :])
                    yield Step(before, step.predicate, step.inverse, after)
        case Alternative(parts):
            for part in parts:
                yield from steps(part)
        case Repeated(inner, mark):
            again = HERE if mark == "?" else Repeated(inner, "*")
            for step in steps(inner):
                yield Step(joined(again, step.before), step.predicate, step.inverse, joined(step.after, again))


def reached(path: Path, start: Term, view: View) -> tuple[Term, ...]:
    """Return the nodes that the path leads to from `start`, each once, in the order they are found."""
    match path:
        case Predicate(iri):
            return view.objects(start, iri)
        case Inverse(Predicate(iri)):
            return view.subjects(iri, start)
        case AnyPredicate():
            return tuple(dict.fromkeys(triple.object for triple in view.triples(subject=start)))
        case Inverse(AnyPredicate()):
            return tuple(dict.fromkeys(triple.subject for triple in view.triples(value=start)))
        case Inverse(inner):
            return reached(turned(inner), start, view)
        case Sequence(parts):
            found: tuple[Term, ...] = (start,)
            for part in parts:
                found = tuple(dict.fromkeys(end for node in found for end in reached(part, node, view)))
            return found
        case Alternative(parts):
            return tuple(dict.fromkeys(end for part in parts for end in reached(part, start, view)))
        case Repeated(inner, "?"):
            return tuple(dict.fromkeys((start, *reached(inner, start, view))))
        case Repeated(inner, mark):
            seen: dict[Term, None] = {start: None} if mark == "*" else {}
            waiting = [start]
            while waiting:
                for end in reached(inner, waiting.pop(), view):
                    if end not in seen:
                        seen[end] = None
                        waiting.append(end)
            return tuple(seen)


def in_sparql(path: Path) -> str:
    """Return the path as SPARQL writes it."""
    match path:
        case Predicate(iri):
            return str(iri)
        case Inverse(inner):
            return f"^({in_sparql(inner)})"
        case Sequence(parts):
            return "/".join(f"({in_sparql(part)})" for part in parts)
        case Alternative(parts):
            return "|".join(f"({in_sparql(part)})" for part in parts)
        case Repeated(inner, mark):
            return f"({in_sparql(inner)}){mark}"
        case AnyPredicate():
            raise ValueError("a negated property set is only read, never written")
