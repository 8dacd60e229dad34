// Tabs, copy buttons and contents. One choice of language, client and system holds for the page.

const { memory } = window.callsheet;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// --- Choices: group → key. The URL wins over what is remembered.

const chosen = {
  lang: new URLSearchParams(location.search).get("lang") ?? memory.read("lang"),
  client: memory.read("client"),
  system: memory.read("system") ?? (/Win/.test(navigator.platform) ? "powershell" : null),
};
/** What shows the choice in each part of the page, and what then needs its new layout. */
const shows = [];
const settles = [];

function showAll() {
  for (const show of shows) show();
  for (const settle of settles) settle();
}

/** Changes what is shown, and keeps an element where it is on the screen. */
function keepInPlace(element, change) {
  const before = element?.getBoundingClientRect().top;
  change();
  if (element) scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
}

/** What holds for the page is remembered; the status of a response is a choice of its own. */
const remembered = Object.keys(chosen);

function choose(group, key, box) {
  chosen[group] = key;
  if (remembered.includes(group)) memory.write(group, key);
  keepInPlace(box, showAll);
  if (group === "lang") noteInUrl();
}

/** Keeps `?lang=` in step, here and in the links to the page's other locales. */
function noteInUrl() {
  const url = new URL(location.href);
  url.searchParams.set("lang", chosen.lang);
  try {
    history.replaceState(history.state, "", url);
  } catch {
    return; // some browsers refuse for a page from the disk
  }
  passOn();
}

function passOn() {
  for (const link of document.querySelectorAll(".locales a")) link.search = location.search;
}

/** A link to one panel, `#example/python.requests`, chooses what it names. */
function readAnchor() {
  const target = linked(location);
  const panel = target?.closest(".panel");
  if (!panel) return null;
  chosen[panel.parentElement.dataset.group] = panel.dataset.key;
  const form = target.closest(".client");
  if (form) chosen.client = clientOf(form);
  return target;
}

function linked({ hash }) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null; // a stray percent sign
  }
}

// --- Tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/

function setVisible(element, visible) {
  if (visible) element.removeAttribute("hidden");
  else element.setAttribute("hidden", "until-found"); // the browser's own search opens it
}

function buildTabs(box, words) {
  const panels = [...box.querySelectorAll(".panel")];
  if (panels.length === 0) return;
  const { group } = box.dataset;
  const name = { lang: words.language, system: words.system }[group] ?? words.status;
  const list = make("div", { role: "tablist", "aria-label": name });
  const tabs = panels.map((panel) => buildTab(panel, () => choose(group, panel.dataset.key, box)));
  const switches = panels.map((panel) => buildSwitch(panel, box, words));
  list.append(...tabs);
  list.addEventListener("keydown", (event) => moveByKey(event, tabs));
  const rows = [...box.querySelectorAll(".head")];
  rows.at(-1).append(list, ...switches.filter(Boolean));
  const chosenPanel = () =>
    panels.find((panel) => panel.dataset.key === chosen[group]) ?? panels[0];
  shows.push(() => {
    for (const [index, panel] of panels.entries()) {
      const visible = panel === chosenPanel();
      setVisible(panel, visible);
      // One that is only hidden until found is no panel yet, and what has no role has no name.
      panel.role = visible ? "tabpanel" : null;
      if (visible) panel.setAttribute("aria-labelledby", tabs[index].id);
      else panel.removeAttribute("aria-labelledby");
      tabs[index].ariaSelected = String(visible);
      tabs[index].tabIndex = visible ? 0 : -1;
      if (switches[index]) switches[index].hidden = !visible;
    }
  });
  settles.push(() => {
    const tab = tabs[panels.indexOf(chosenPanel())];
    list.scrollLeft = tab.offsetLeft - list.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
  });
  box.classList.add("ready");
}

function buildTab(panel, choosePanel) {
  const names = { type: "button", role: "tab", id: `${panel.id}/tab`, "aria-controls": panel.id };
  const tab = make("button", names, panel.dataset.title);
  tab.addEventListener("click", choosePanel);
  panel.addEventListener("beforematch", choosePanel);
  return tab;
}

function moveByKey(event, tabs) {
  const at = tabs.indexOf(event.target);
  const step = document.documentElement.dir === "rtl" ? -1 : 1;
  const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: -1 }[event.key];
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const tab = tabs.at(to % tabs.length);
  tab.focus({ preventScroll: true });
  tab.click();
}

// --- Clients of a language, such as an SDK and plain HTTP: `sdk/openai`, `http/requests`.

const clientOf = (form) => `${form.dataset.kind}/${form.dataset.key}`;

/** The client that is chosen by name, else one of its kind, else the first. */
function chosenForm(forms) {
  const [kind, key] = (chosen.client ?? "").split("/");
  const named = forms.find((form) => form.dataset.key === key);
  return named ?? forms.find((form) => form.dataset.kind === kind) ?? forms[0];
}

function buildSwitch(panel, box, words) {
  const forms = [...panel.querySelectorAll(".client")];
  if (forms.length < 2) return null;
  const inputs = forms.map((form) => {
    const input = make("input", { type: "radio", name: `${panel.id}/client` });
    const chooseForm = () => choose("client", clientOf(form), box);
    input.addEventListener("change", chooseForm);
    form.addEventListener("beforematch", chooseForm);
    return input;
  });
  shows.push(() => {
    const current = chosenForm(forms);
    for (const [index, form] of forms.entries()) {
      setVisible(form, form === current);
      inputs[index].checked = form === current;
    }
  });
  const labels = forms.map((form, index) => make("label", {}, inputs[index], form.dataset.title));
  return make(
    "div",
    { role: "radiogroup", "aria-label": words.client, class: "switch" },
    ...labels,
  );
}

// --- Copy buttons: exactly the text of the visible code, which is the snippet file's.

function buildCopyButton(box, words) {
  const codes = [...box.querySelectorAll("pre code")];
  if (codes.length === 0) return;
  const visibleCode = () => codes.find((code) => !code.closest("[hidden]"));
  const button = make("button", { type: "button", class: "copy" }, words.copy);
  button.addEventListener("click", async () => {
    const code = visibleCode();
    const copied = await copy(code.textContent, button);
    if (!copied) getSelection().selectAllChildren(code);
    const spoken = document.querySelector("[role=status]");
    spoken.textContent = copied ? words.copied : words.selected;
    button.textContent = copied ? words.copied : words.copy;
    setTimeout(() => {
      spoken.textContent = "";
      button.textContent = words.copy;
    }, 2000);
  });
  (box.querySelector(".head") ?? box).append(button);
  shows.push(() => (button.hidden = !visibleCode()));
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, button); // plain http:// has no clipboard
  }
}

function copyBySelection(text, button) {
  const area = make("textarea", { class: "said", readonly: "" });
  area.value = text;
  button.after(area);
  area.focus({ preventScroll: true });
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  button.focus({ preventScroll: true });
  return copied;
}

// --- Contents: open where there is room, and the section in view is marked.

function buildContents() {
  const details = document.querySelector(".toc details");
  if (!details) return;
  const wide = matchMedia("(min-width: 68rem)");
  const fit = () => (details.open = wide.matches);
  wide.addEventListener("change", fit);
  fit();
  const links = [...details.querySelectorAll("a")];
  const headings = links.map(linked);
  const mark = () => {
    // A section is in view from the upper quarter on; over the last screen that line moves down.
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const line = Math.max(innerHeight / 4, innerHeight - left);
    const current = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < line);
    for (const [index, link] of links.entries()) {
      if (index === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    showWithin(details.parentElement, links[current] ?? links[0]);
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
}

/** Scrolls a list that is longer than the screen to one of its links. */
function showWithin(list, link) {
  const [top, bottom] = [link.offsetTop, link.offsetTop + link.offsetHeight];
  list.scrollTop = Math.min(Math.max(list.scrollTop, bottom - list.clientHeight), top);
}

function build() {
  const words = document.body.dataset;
  const anchored = readAnchor();
  for (const box of document.querySelectorAll(".tabs")) buildTabs(box, words);
  for (const box of document.querySelectorAll(".box")) buildCopyButton(box, words);
  showAll();
  passOn();
  buildContents();
  anchored?.scrollIntoView();
}

/** What another window of the same site has chosen. */
function follow({ key, newValue }) {
  const group = key?.replace(/^callsheet\./, "");
  if (newValue !== null && remembered.includes(group)) {
    chosen[group] = newValue;
    const boxes = [...document.querySelectorAll(".tabs")];
    keepInPlace(
      boxes.find((box) => box.getBoundingClientRect().bottom > 0),
      showAll,
    );
    if (group === "lang") noteInUrl();
  }
}

addEventListener("storage", follow);
// Where the reader goes back to, what was chosen since still holds.
addEventListener("popstate", () => {
  if (new URLSearchParams(location.search).has("lang")) noteInUrl();
});
build();
