"""SVG as text: elements with escaped attributes and children, and drawings that a page or a file can hold."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from tradegraph.drawings.scales import text_width, wrapped

_NAMESPACE: Final = "http://www.w3.org/2000/svg"


def element(name: str, *children: str | Markup, **attributes: str | float | None) -> Markup:
    """Return an element; children that are no Markup are escaped, attributes that are None or empty are left out.

    Underscores in names of attributes stand for hyphens, one at the end for nothing: `class_`, `text_anchor`.
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), number(value) if _numeric(value) else value)
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    inside = Markup("").join(escape(child) for child in children)
    tag = escape(name)
    return (
        Markup("<{}{}>{}</{}>").format(tag, written, inside, tag) if inside else Markup("<{}{}/>").format(tag, written)
    )


def number(value: object) -> str:
    """Return a number with at most one decimal, as short as it goes."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _numeric(value: object) -> bool:
    return isinstance(value, float)


def link(href: str, label: str, *children: Markup, class_: str = "") -> Markup:
    """Return `children` as a link with a name of its own, or as a named group when it leads nowhere."""
    tooltip = element("title", label)
    if href:
        return element("a", tooltip, *children, href=href, aria_label=label, class_=class_)
    return element("g", tooltip, *children, role="img", aria_label=label, class_=class_)


@dataclass(frozen=True)
class Drawing:
    """A picture: `body` in units of a `width` by `height` box of which the upper left corner is (`left`, `top`).

    `title` and `description` are for those who do not see it; a drawing with links is a group, others are an image.
    """

    width: float
    height: float
    title: str
    description: str
    body: Markup
    left: float = 0.0
    top: float = 0.0
    links: bool = True

    @property
    def view_box(self) -> str:
        """The box as SVG writes it."""
        return " ".join(number(float(one)) for one in (self.left, self.top, self.width, self.height))

    def inline(self, class_: str = "") -> Markup:
        """Return the picture as an element of a page, styled by `drawings.css`."""
        return element(
            "svg",
            element("desc", self.description) if self.description else "",
            self.body,
            class_=f"drawing {class_}".rstrip(),
            viewBox=self.view_box,
            width=float(self.width),
            height=float(self.height),
            role="group" if self.links else "img",
            aria_label=self.title,
        )

    def placed(self, x: float, y: float, width: float | None = None) -> Markup:
        """Return the picture inside another one, with its corner at (x, y), `width` wide."""
        scale = 1.0 if width is None else width / self.width
        return element(
            "svg",
            self.body,
            x=float(x),
            y=float(y),
            width=float(self.width * scale),
            height=float(self.height * scale),
            viewBox=self.view_box,
        )


@dataclass(frozen=True)
class Swatch:
    """A line of a legend: the class that colours the box, and what it stands for."""

    class_: str
    label: str


@dataclass(frozen=True)
class Sheet:
    """What a picture needs to stand alone: `style` is CSS, `lines` are its source, licence and address.

    `base` is put before links that begin with a slash: such a link means nothing in a file.
    """

    subtitle: str
    lines: tuple[str, ...]
    style: str
    swatches: tuple[Swatch, ...] = ()
    base: str = ""


_MARGIN: Final = 20.0
_SWATCH: Final = 14.0


def stand_alone(drawing: Drawing, sheet: Sheet) -> str:
    """Return `drawing` as a file of its own, with title, legend, source and style inside; it loads nothing."""
    width = max(drawing.width, 480.0)
    inner = width - 2 * _MARGIN
    y = _MARGIN
    parts: list[Markup] = []
    for line in wrapped(drawing.title, inner, 20):
        y += 22
        parts.append(element("text", line, x=_MARGIN, y=y, class_="sheet-title"))
    for line in wrapped(sheet.subtitle, inner, 14):
        y += 18
        parts.append(element("text", line, x=_MARGIN, y=y, class_="sheet-text"))
    y += 14
    x = _MARGIN
    for swatch in sheet.swatches:
        needed = _SWATCH + 6 + text_width(swatch.label, 13) + 18
        if x > _MARGIN and x + needed > width - _MARGIN:
            x, y = _MARGIN, y + 22
        parts.append(element("rect", x=x, y=y, width=_SWATCH, height=_SWATCH, class_=swatch.class_))
        parts.append(element("text", swatch.label, x=x + _SWATCH + 6, y=y + 11.5, class_="sheet-text"))
        x += needed
    y += 28 if sheet.swatches else 4
    shown = inner if drawing.width > inner else drawing.width
    parts.append(drawing.placed(_MARGIN, y, shown))
    y += drawing.height * shown / drawing.width + 12
    for written in sheet.lines:
        for line in wrapped(written, inner, 12):
            y += 16
            parts.append(element("text", line, x=_MARGIN, y=y, class_="sheet-source"))
    height = y + _MARGIN
    svg = element(
        "svg",
        element("title", drawing.title),
        element("desc", drawing.description) if drawing.description else "",
        element("style", sheet.style),
        element("rect", width=float(width), height=float(height), class_="sheet"),
        *parts,
        xmlns=_NAMESPACE,
        viewBox=f"0 0 {number(float(width))} {number(float(height))}",
        width=float(width),
        height=float(height),
        class_="drawing",
        role="group" if drawing.links else "img",
    )
    written = str(svg).replace(' href="/', f' href="{sheet.base}/') if sheet.base else str(svg)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + written + "\n"
