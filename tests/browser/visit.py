"""A visit to the pages: what a person does there, and what went wrong meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import BrowserContext, Page, expect

Scheme = Literal["light", "dark"]


@dataclass
class Visit:
    """A page in a context of its own, and what went wrong on it."""

    page: Page
    context: BrowserContext
    home: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    scripts: bool = True

    def open(self, path: str) -> Page:
        self.page.goto(self.home + path)
        if self.scripts and "/sparql" in path:
            self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def write(self, text: str) -> None:
        """Put a text in the editor as if typed, but without what the editor adds to typing."""
        self.page.locator(".cm-content").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def complete(self, option: str) -> None:
        """Take the first completion offered, which is `option`, as a person would: a moment after it appears."""
        first = self.page.locator(".cm-tooltip-autocomplete li").first
        expect(first).to_contain_text(option)
        # The editor takes no Enter for a choice that nobody can have seen yet.
        self.page.wait_for_timeout(150)
        self.page.keyboard.press("Enter")

    def run(self) -> None:
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_selector("[data-answer][aria-busy=false]", state="attached")

    def written(self) -> str:
        """The text in the editor, which also stands in the form."""
        return self.page.locator("#query").input_value()

    def rows(self) -> list[list[str]]:
        """The cells of the table that is shown, as text."""
        read: list[list[str]] = self.page.locator(".answer tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.split('\\n')[0].trim()))"
        )
        return read


Visiting = Callable[..., Visit]
