// Reads pages as ReadMe does, by its own parser, and writes what it makes of them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import rmdx from "@readme/markdown";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const components = {};

async function read(source) {
  const [, body] = source.split(/^---\n[^]*?\n---\n/);
  return (await rmdx.run(await rmdx.compile(body, { copyButtons: true }))).default;
}

for (const name of readdirSync("content", { recursive: true })) {
  if (!name.endsWith(".md")) continue;
  const source = readFileSync(`content/${name}`, "utf8");
  const title = createElement("h1", null, JSON.parse(source.match(/^title: (.*)$/m)[1]));
  const path = `out/${name.slice(0, -3)}.html`;
  mkdirSync(dirname(path), { recursive: true });
  const page = createElement(await read(source), { components });
  const html = renderToStaticMarkup(createElement("main", null, title, page));
  writeFileSync(path, `<!doctype html><meta charset="utf-8">${html}`);
}
