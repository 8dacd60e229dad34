"use strict";

// Runs before the first paint: the theme, and what all choices are remembered with.
(() => {
  const root = document.documentElement;

  /** What is remembered between visits; where nothing can be, a choice lasts as long as the page. */
  const memory = {
    read(key) {
      try {
        return localStorage.getItem(`callsheet.${key}`);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        if (value === null) localStorage.removeItem(`callsheet.${key}`);
        else localStorage.setItem(`callsheet.${key}`, value);
      } catch {
        return;
      }
    },
  };

  // --- Theme: the system's, until the reader asks for the other one.

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  let theme = memory.read("theme");

  const isDark = () => (theme ? theme === "dark" : systemIsDark.matches);

  function paint() {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
    document.querySelector(".theme")?.setAttribute("aria-pressed", String(isDark()));
  }

  function buildTheme() {
    const button = document.querySelector(".theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = !isDark();
      theme = dark === systemIsDark.matches ? null : dark ? "dark" : "light";
      memory.write("theme", theme);
      paint();
    });
    systemIsDark.addEventListener("change", paint);
    paint();
  }

  // The panels that tabs will hide are hidden until the tabs stand, or it is clear they never will.
  root.classList.add("js");
  paint();
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== "callsheet.theme") return;
    theme = newValue;
    paint();
  });
  document.addEventListener("DOMContentLoaded", () => {
    root.classList.remove("js");
    buildTheme();
  });
  window.callsheet = { memory };
})();
