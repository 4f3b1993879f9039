"""The page on the shapes: what is required of the data, and what the release at hand makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request

from tradegraph.languages import Language
from tradegraph.namespaces import BASE, SHAPES
from tradegraph.publish.constraints import SEVERITIES, Shape, in_words
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions
from tradegraph.web.negotiation import FORMS
from tradegraph.web.notes import Link, Text
from tradegraph.web.reference.shelf import Shelf, in_other, shape_name, text_of


@dataclass(frozen=True)
class ShapeView:
    """A shape with links; `targets` by the local name of their relation, `queries` by their fragment.

    `anchors` are fragments that lead to it: its own where it stands here first, and those of the cells of its lists.
    `found` tells how often it was not met, and `where` are the things; None without a report.
    """

    shape: Shape
    name: str
    message: Text
    other_message: str
    targets: tuple[tuple[str, Link], ...]
    path: Link | None
    constraints: str
    parts: tuple["ShapeView", ...]
    holders: tuple[Link, ...]
    queries: tuple[tuple[str, str], ...]
    anchors: tuple[str, ...]
    found: int | None
    where: tuple[Link, ...]


def blueprint(shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("reference_shapes", __name__)
    site, shapes, found = shelf.site, shelf.shapes, shelf.found

    @routes.get("/<any(nl, en):language>/shapes")
    def every_shape(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("reference_shapes.html", language, lambda: content(language))

    def content(language: Language) -> Mapping[str, object]:
        where = [iri for iris in found.nodes.values() for iri in iris] if found else []
        links = shelf.things(where, language)
        taken: set[str] = set()
        files: dict[str, list[ShapeView]] = {}
        for shape in shapes.values():
            # Property shapes stand with the shape that has them.
            if not (shape.path and shape.holders):
                files.setdefault(shape.file, []).append(view(shape, language, links, taken))
        return {
            "files": files,
            "found": found,
            "severities": [(one, found.by_severity[one]) for one in SEVERITIES] if found else [],
            "hit": [
                view(shapes[iri], language, links, set())
                for iri in sorted(found.by_shape, key=lambda iri: SEVERITIES.index(shapes[iri].severity))
                if iri in shapes
            ]
            if found
            else [],
            "count": len(shapes),
            "actions": Actions(
                formats=tuple(Link(form.label, href=f"/shapes.{form.name}") for form in FORMS),
                identifier=BASE + "shapes",
            ),
        }

    def view(shape: Shape, language: Language, links: Mapping[str, Link], taken: set[str]) -> ShapeView:
        """Return a shape for the page; what two shapes share gets its anchor once."""
        anchors = [one.removeprefix(SHAPES) for one in (shape.iri, *shape.cells) if one not in taken]
        taken.update((shape.iri, *shape.cells))
        return ShapeView(
            shape=shape,
            name=shape_name(shape, language),
            message=text_of(shape.message, language),
            other_message=in_other(shape.message, language),
            targets=tuple((one.relation, shelf.link(one.iri, language)) for one in shape.targets),
            path=shelf.link(shape.path, language) if shape.path else None,
            constraints=in_words(shape),
            parts=tuple(view(shapes[iri], language, links, taken) for iri in shape.parts if iri in shapes),
            holders=shelf.links(shape.holders, language),
            queries=tuple((iri.removeprefix(SHAPES), text) for iri, text in shape.queries.items()),
            anchors=tuple(anchors),
            found=found.by_shape.get(shape.iri, 0) if found else None,
            where=tuple(links[iri] for iri in found.nodes.get(shape.iri, ())) if found else (),
        )

    return routes
