// Reads pages as Mintlify does, by its own parser, and writes what it makes of them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { serialize } from "@mintlify/mdx/server";
import { createElement } from "react";
import * as runtime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";

const components = { Tabs: "div", Tab: "section" };

async function read(source) {
  const { compiledSource, error } = await serialize({ source });
  if (error) throw error;
  const useMDXComponents = () => components;
  return Reflect.construct(Function, [compiledSource])({ ...runtime, useMDXComponents }).default;
}

for (const name of readdirSync("content", { recursive: true })) {
  if (!name.endsWith(".mdx")) continue;
  const source = readFileSync(`content/${name}`, "utf8");
  const title = createElement("h1", null, JSON.parse(source.match(/^title: (.*)$/m)[1]));
  const path = `out/${name.slice(0, -4)}.html`;
  mkdirSync(dirname(path), { recursive: true });
  const page = createElement(await read(source), { components });
  const html = renderToStaticMarkup(createElement("main", null, title, page));
  writeFileSync(path, `<!doctype html><meta charset="utf-8">${html}`);
}
