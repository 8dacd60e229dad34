// One choice of language, client and operating system for all of callsheet's tabs, remembered.
// In .vitepress/theme/index.js, from where this file stands:
//
//   import DefaultTheme from "vitepress/theme";
//   import { syncTabs } from "../../callsheet-tabs.js";
//   export default { extends: DefaultTheme, setup: syncTabs };

import { onContentUpdated } from "vitepress";

const BOX = ".vp-code-group[data-group]";

/** Call it in a theme's `setup`. */
export function syncTabs() {
  onContentUpdated(show);
  if (typeof window === "undefined") return;
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) remember("lang", lang);
  document.addEventListener("change", choose);
  addEventListener("storage", show); // what another window of the site has chosen
}

/** Shows what was chosen last, in each group that has it. */
function show() {
  for (const box of document.querySelectorAll(BOX)) {
    const [bar, panels] = box.children;
    const inputs = [...bar.querySelectorAll("input")];
    const index = inputs.findIndex((input) => input.value === chosen(box.dataset.group));
    if (index < 0) continue;
    inputs[index].checked = true;
    for (const [place, panel] of [...panels.children].entries()) {
      panel.classList.toggle("active", place === index);
    }
  }
}

/** Remembers a click on a tab; what was clicked stays where it is on the screen. */
function choose({ target }) {
  const box = target.closest(BOX);
  if (!box || target.type !== "radio") return;
  const before = target.parentElement.getBoundingClientRect().top;
  remember(box.dataset.group, target.value);
  show();
  const after = target.parentElement.getBoundingClientRect().top;
  scrollBy({ top: after - before, behavior: "instant" });
}

const session = {}; // for a browser that keeps nothing

function remember(group, value) {
  session[group] = value;
  try {
    localStorage.setItem(`callsheet.${group}`, value);
  } catch {
    // the choice holds for this page
  }
}

function chosen(group) {
  try {
    return localStorage.getItem(`callsheet.${group}`) ?? session[group];
  } catch {
    return session[group];
  }
}
