// What scripts add to every page: sources that open where they are marked, keys, copying a link, printing.

const search = document.querySelector("[data-testid=search]");

/** Shows the source of a mark next to it; the page already has it at its foot. */
function open(mark) {
  const source = document.getElementById(mark.getAttribute("href").slice(1));
  if (!source || !HTMLElement.prototype.showPopover) return false;
  document.querySelector(".pop")?.remove();
  const pop = document.createElement("div");
  pop.className = "pop source";
  pop.popover = "auto";
  pop.tabIndex = -1;
  pop.dataset.testid = "source";
  pop.setAttribute("role", "dialog");
  pop.setAttribute("aria-label", mark.title || mark.getAttribute("aria-label"));
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet square close";
  close.setAttribute("aria-label", document.documentElement.lang === "nl" ? "Sluit" : "Close");
  close.textContent = "×";
  close.addEventListener("click", () => pop.hidePopover());
  pop.append(close, ...[...source.childNodes].map((node) => node.cloneNode(true)));
  pop.addEventListener("toggle", (event) => {
    if (event.newState === "closed") {
      if (pop.contains(document.activeElement) || document.activeElement === document.body) mark.focus({ preventScroll: true });
      pop.remove();
    }
  });
  mark.closest("main").append(pop);
  pop.showPopover();
  const at = mark.getBoundingClientRect();
  const below = at.bottom + 6;
  const top = below + pop.offsetHeight > innerHeight ? Math.max(8, at.top - pop.offsetHeight - 6) : below;
  pop.style.top = `${top}px`;
  pop.style.left = `${Math.max(8, Math.min(at.left - 24, innerWidth - pop.offsetWidth - 8))}px`;
  pop.focus({ preventScroll: true });
  return true;
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const mark = event.target.closest("a.source-mark, a.graph-edge");
  if (mark && open(mark)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable=true], .cm-editor");
  // With a modifier, so that speech input does not trigger it (WCAG 2.2, 2.1.4).
  if (event.key === "k" && search && !writing && (event.ctrlKey || event.metaKey) && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
document.querySelector("[data-print]")?.addEventListener("click", () => print());
document.querySelector("[data-copy-link]")?.addEventListener("click", async (event) => {
  const words = event.currentTarget.querySelector("span");
  const before = words.textContent;
  try {
    await navigator.clipboard.writeText(location.href);
    words.textContent = event.currentTarget.dataset.copied;
  } catch {
    prompt(before, location.href);
  }
  setTimeout(() => (words.textContent = before), 2000);
});
document.documentElement.toggleAttribute("data-scripts", true);
