// Loaded in the head, before anything is drawn: says that scripts run, and puts the chosen theme in force.
"use strict";
(() => {
  const root = document.documentElement;
  const KEY = "tradegraph.theme";
  root.classList.add("js");

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      // Storage can be switched off; then the system's choice holds.
      return null;
    }
  }

  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  const chosen = stored();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      button.setAttribute("aria-pressed", String(dark()));
      try {
        localStorage.setItem(KEY, root.dataset.theme);
      } catch {
        // Then it holds for this page only.
      }
    });
  });
})();
