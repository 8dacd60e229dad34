// Shows each change of the page's sources: a new page at once, faults over the last good page.
"use strict";
(() => {
  const { page, digest } = document.currentScript.dataset;
  const KEPT = "callsheet.serve.place";
  let news = null;
  let notice = null;
  let restores = "auto";

  // --- The server's news. A page that nobody sees asks for none: a browser has few connections.

  function listen() {
    if (document.hidden) return;
    news = new EventSource(`/_callsheet/news?page=${encodeURIComponent(page)}`);
    news.onmessage = ({ data }) => {
      const now = JSON.parse(data);
      const stands = document.body.dataset.fault ?? now.fault; // of a page that is all about it
      if (now.digest !== digest || now.fault !== stands) reload();
      else show(now.fault);
    };
  }

  function hush() {
    news?.close();
    news = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  addEventListener("pageshow", ({ persisted }) => persisted && listen());

  // --- A new page stands where the old one stood: by the last anchor above the window's upper edge.

  function reload() {
    hush();
    const anchors = [...document.querySelectorAll("[id]")].filter((one) => one.checkVisibility());
    const above = anchors.findLast((one) => one.getBoundingClientRect().top <= 1);
    const offset = above?.getBoundingClientRect().top;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ page, y: scrollY, id: above?.id, offset }));
      restores = "manual"; // or the browser would move the new page once more
    } catch {
      // then it stands where the browser puts it
    }
    location.reload();
  }

  function stand() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.page !== page) return;
    scrollTo({ top: kept.y, behavior: "instant" });
    const above = document.getElementById(kept.id ?? "");
    if (!above?.checkVisibility()) return;
    scrollBy({ top: above.getBoundingClientRect().top - kept.offset, behavior: "instant" });
  }

  addEventListener("DOMContentLoaded", () => {
    try {
      stand();
    } catch {
      // no storage
    }
    listen();
  });
  addEventListener("pagehide", () => (history.scrollRestoration = restores));

  // --- Faults. The page's own style and policy do not reach into a shadow tree's adopted sheet.

  const STYLE = `
    :host { all: initial; }
    section {
      background: light-dark(#fff4f2, #2b1614); border-block-end: 3px solid light-dark(#a3352b, #ff9d92);
      box-sizing: border-box; color: light-dark(#1c2128, #f0e6e4); color-scheme: light dark;
      font: 14px/1.5 system-ui, sans-serif; inset: 0 0 auto; max-height: 70vh; overflow: auto;
      padding: 12px 20px; position: fixed; z-index: 2147483647;
    }
    p { align-items: baseline; display: flex; flex-wrap: wrap; font-weight: 650; gap: 4px 16px; margin: 0; }
    pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; margin: 10px 0 0; overflow-x: auto; }
    button { background: none; border: 1px solid; border-radius: 4px; color: inherit; cursor: pointer; font: inherit; margin-inline-start: auto; }
    @media print { section { display: none; } }`;

  function show(fault) {
    if (notice?.fault === fault || document.body.dataset.fault === fault) return;
    notice?.host.remove();
    notice = null;
    if (!fault) return;
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = element("section", { role: "alert", lang: "en", dir: "ltr" });
    const hide = element("button", { type: "button" }, "Hide");
    hide.addEventListener("click", () => host.remove());
    const head = element("p", {}, "This is the last good page. What is saved now fails:", hide);
    section.append(head, element("pre", { tabindex: "0" }, fault));
    root.append(section);
    document.body.append(host);
    notice = { host, fault };
  }

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
})();
