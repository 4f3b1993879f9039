// What scripts add to pictures: a PNG of them, their words at the pointer, and snippets that are marked at once.

/** Draw an SVG file at twice its size and offer it as PNG; fonts and colours are inside the file. */
async function png(address, name) {
  const text = await (await fetch(address)).text();
  // Not parsed: the policy of the page forbids the style that a file has inside, and would complain.
  const [width, height] = ["width", "height"].map((name) => Number(new RegExp(`<svg[^>]* ${name}="([\\d.]+)"`).exec(text)[1]));
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = new Image(width, height);
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

for (const button of document.querySelectorAll("[data-png]")) {
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    const address = new URL(button.dataset.png, location.href);
    try {
      await png(address, address.pathname.split("/").filter(Boolean).pop());
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}

// The native title of a shape comes late and small: show the same words at once, beside the pointer.
const tip = document.createElement("div");
tip.className = "picture-tip";
tip.setAttribute("aria-hidden", "true");
tip.hidden = true;
document.querySelector("main")?.append(tip);

function show(shape, x, y) {
  tip.textContent = shape.getAttribute("aria-label");
  tip.hidden = false;
  tip.style.left = `${Math.min(x + 14, innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 10 : y + 18}px`;
}

for (const drawing of document.querySelectorAll("[data-picture] svg.drawing")) {
  const named = (event) => event.target.closest?.(".place, .row, .when");
  for (const title of drawing.querySelectorAll(".place > title, .row > title, .when > title")) title.remove();
  drawing.addEventListener("pointermove", (event) => {
    const shape = named(event);
    if (shape) show(shape, event.clientX, event.clientY);
    else tip.hidden = true;
  });
  drawing.addEventListener("pointerleave", () => (tip.hidden = true));
  drawing.addEventListener("focusin", (event) => {
    const shape = named(event);
    if (!shape || !shape.matches(":focus-visible")) return;
    const at = shape.getBoundingClientRect();
    show(shape, at.right - 10, at.bottom - 14);
  });
  drawing.addEventListener("focusout", () => (tip.hidden = true));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") tip.hidden = true;
});

// One click marks the whole snippet.
for (const snippet of document.querySelectorAll(".snippet textarea")) snippet.addEventListener("focus", () => snippet.select());
document.documentElement.toggleAttribute("data-ready", true);
