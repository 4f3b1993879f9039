"""Someone with a task: acts by role and name as people do, and counts what it takes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Download, Locator, Page, expect

from browser.visit import Visit

_GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Effort:
    """What a task took. `kilobytes` counts each address once, as a browser with a cache asks for it."""

    number: str
    who: str
    wish: str
    clicks: int
    limit: int
    pages: int
    seconds: float
    kilobytes: int


@dataclass
class Person:
    """A visitor with a task; every click, choice and submit goes through here, and typing is free."""

    number: str
    who: str
    wish: str
    limit: int
    visit: Visit
    clicks: int = 0
    pages: int = 0
    _begun: float = field(default_factory=time.monotonic)
    _sizes: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session: CDPSession = self.page.context.new_cdp_session(self.page)
        asked: dict[str, str] = {}
        session.on(
            "Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]})
        )

        def arrived(event: dict[str, object]) -> None:
            address = asked.get(str(event["requestId"]), "")
            size = event["encodedDataLength"]
            assert isinstance(size, int | float)
            self._sizes[address] = max(size, self._sizes.get(address, 0))

        session.on("Network.loadingFinished", arrived)
        session.send("Network.enable")
        self.page.on("domcontentloaded", lambda _: self._turned())

    @property
    def page(self) -> Page:
        return self.visit.page

    def _turned(self) -> None:
        self.pages += 1

    def starts_at(self, path: str) -> Page:
        """Open the first page: the front page, or the page on which the person arrives from elsewhere."""
        self._begun = time.monotonic()
        self.page.goto(self.visit.home + path)
        return self.page

    def clicks_on(self, target: Locator) -> None:
        """One click. Where it leads to another page, the next question waits for that page."""
        target.first.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def chooses(self, field: Locator, option: str) -> None:
        field.select_option(label=option)
        self.clicks += 1

    def submits(self, field: Locator) -> None:
        """Press Enter in a field that was filled."""
        field.press("Enter")
        self.page.wait_for_load_state()
        self.clicks += 1

    def downloads(self, target: Locator) -> Download:
        with self.page.expect_download() as expected:
            self.clicks_on(target)
        return expected.value

    def link(self, name: str, exact: bool = False, within: str = "main") -> Locator:
        return self.page.locator(within).get_by_role("link", name=name, exact=exact)

    def finishes(self) -> Effort:
        """Look at the last page with axe, and give what the task took; fails where it took more clicks than allowed."""
        seconds = time.monotonic() - self._begun
        if self.visit.scripts:
            found = Axe().run(self.page).response["violations"]
            assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in _GRAVE] == []
        assert self.clicks <= self.limit, f"{self.clicks} clicks where {self.limit} should do"
        kilobytes = round(sum(self._sizes.values()) / 1000)
        return Effort(self.number, self.who, self.wish, self.clicks, self.limit, self.pages, seconds, kilobytes)


Trying = Callable[..., Person]


def opens_a_source(person: Person, mark: Locator) -> Locator:
    """Click a source mark and return the source: beside the mark with scripts, at the foot of the page without."""
    if person.visit.scripts:
        person.clicks_on(mark)
        source = person.page.locator(".pop[data-testid=source]")
    else:
        target = mark.first.get_attribute("href") or ""
        person.clicks_on(mark)
        source = person.page.locator(f"li{target}[data-testid=source]")
    expect(source).to_be_visible()
    return source
