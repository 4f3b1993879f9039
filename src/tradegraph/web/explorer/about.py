"""What tradegraph is and is not, how it was made, and how to read its pages."""

from collections.abc import Mapping

from flask import Blueprint, Response, request

from tradegraph import __version__
from tradegraph.languages import Language
from tradegraph.settings import SETTINGS
from tradegraph.web.explorer.literal import LiteralQuotes
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions
from tradegraph.web.notes import Mark
from tradegraph.web.site import Site


def add_routes(routes: Blueprint, site: Site) -> None:
    """Put the route of the page on `routes`."""

    @routes.get("/<any(nl, en):language>/about")
    def about(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("about.html", language, lambda: _view(site, language))


def _view(site: Site, language: Language) -> Mapping[str, object]:
    settings = site.endpoint.settings
    return {
        "settings": [
            (
                row.name,
                _value(row.name, settings.value(row.name)),
                row.unit,
                row.meaning_nl if language == "nl" else row.meaning_en,
            )
            for row in SETTINGS
        ],
        "documents": _documents(site),
        "version": __version__,
        "marks": [(Mark(1, how),) for how in ("stated", "derived", "disagree")],
        "actions": Actions((), (), request.path),
    }


def _value(name: str, value: str | int) -> str | int:
    """Return a setting as the page shows it: where files are is nobody's business but the operator's."""
    if name == "documents":
        return "✓" if value else "–"
    return value if value != "" else "–"


def _documents(site: Site) -> bool:
    return isinstance(site.quoter, LiteralQuotes) and site.quoter.texts.folder is not None
