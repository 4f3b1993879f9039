// Completes what is typed in a search field, as an ARIA combobox with a list (APG 1.2): arrows choose, Enter opens,
// Escape closes. Without this script the field is a plain form.

const WAIT_MS = 140;
const language = document.documentElement.lang;

function combobox(input) {
  const form = input.form;
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = `${input.id || "find"}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", language === "nl" ? "Suggesties" : "Suggestions");
  list.hidden = true;
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
  let waiting = 0;
  let asked = "";
  let chosen = -1;

  const options = () => [...list.children];

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }

  function choose(number) {
    chosen = number;
    options().forEach((one, position) => one.setAttribute("aria-selected", String(position === number)));
    const one = options()[number];
    if (one) {
      input.setAttribute("aria-activedescendant", one.id);
      one.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function fill(groups) {
    list.replaceChildren();
    for (const group of groups) {
      group.items.forEach((item, position) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${list.children.length}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.className = `k-${group.colour}`;
        option.dataset.href = item.href;
        const kind = document.createElement("span");
        kind.className = "kind-of";
        kind.textContent = group.name;
        if (position) kind.classList.add("again");
        const name = document.createElement("span");
        name.textContent = item.text;
        option.append(kind, name);
        list.append(option);
      });
    }
    show(list.children.length > 0);
  }

  async function ask() {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (text.length < 2) {
      fill([]);
      return;
    }
    const answer = await fetch(`/${language}/search/suggest?${new URLSearchParams({ q: input.value })}`);
    // What was typed since has been asked since.
    if (answer.ok && asked === text && document.activeElement === input) fill((await answer.json()).groups);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen < 0 && step < 0 ? count - 1 : (chosen + step + count) % count);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.href);
    }
  });
  input.addEventListener("blur", () => show(false));
  // Before the field loses focus, so that the list is still there.
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option && event.button === 0) location.assign(option.dataset.href);
  });
}

for (const input of document.querySelectorAll("input[data-testid=search]")) combobox(input);
