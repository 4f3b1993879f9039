// Boxes that suggest things while one types, after the ARIA combobox pattern. Without this the form asks the server.

const WAIT_MS = 150;
const MOST = 8;

/** Makes one box suggest. What is picked is sent by its key, what is only typed as words. */
function combobox(holder) {
  const input = holder.querySelector("input");
  const language = holder.dataset.language;
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let picked = holder.dataset.key ? { text: input.value, key: holder.dataset.key } : null;
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", holder.dataset.suggestions);
  status.className = "unseen";
  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  holder.querySelector(".combo").append(list, status);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function pick(hit) {
    picked = { text: hit.label, key: hit.key };
    input.value = hit.label;
    close();
  }

  function move(to) {
    active = (to + options.length) % options.length;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function show(hits) {
    options = hits;
    list.replaceChildren(
      ...hits.map((hit, place) => {
        const item = document.createElement("li");
        const kind = document.createElement("small");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        kind.textContent = hit.kind;
        item.append(hit.label, kind);
        // Not on click: the box would lose the focus first.
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          pick(hit);
        });
        return item;
      }),
    );
    status.textContent = holder.dataset.numberOf.replace("{n}", hits.length);
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    active = -1;
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < 2) return close();
    asking = new AbortController();
    try {
      const address = `/api/connections/ends?${new URLSearchParams({ lang: language, limit: MOST, q: text })}`;
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === input) show((await answer.json()).ends);
    } catch (error) {
      // A question that was overtaken by the next, or no network: the form still works.
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      ask();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      move(active + 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      move(active < 0 ? options.length - 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  return () => (picked && input.value.trim() === picked.text ? picked.key : input.value.trim());
}

const form = document.querySelector("[data-connect]");
if (form) {
  const values = new Map([...form.querySelectorAll("[data-combo]")].map((one) => [one.querySelector("input"), combobox(one)]));
  // The address keeps keys, so that a link means the same in both languages; empty fields are left out.
  form.addEventListener("formdata", (event) => {
    for (const [input, value] of values) event.formData.set(input.name, value());
    for (const [name, value] of [...event.formData.entries()]) if (!value) event.formData.delete(name);
  });
}
