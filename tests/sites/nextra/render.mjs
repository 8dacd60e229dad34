// Reads pages as Nextra does, by its own parser, and writes what it makes of them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { compileMdx } from "nextra/compile";
import { createElement } from "react";
import * as runtime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";

const Tabs = ({ items, children }) => createElement("div", null, items.join(" "), children);
Tabs.Tab = "section";
const components = { Tabs };
// As in next.config: an empty line of code stays empty.
const onVisitLine = (line) => delete line.properties["data-line"];
const options = { mdxOptions: { rehypePrettyCodeOptions: { onVisitLine } } };

async function read(source) {
  const code = await compileMdx(source, options);
  const useMDXComponents = () => components;
  return Reflect.construct(Function, [code])({ ...runtime, useMDXComponents }).default;
}

for (const name of readdirSync("content", { recursive: true })) {
  if (!name.endsWith(".mdx")) continue;
  const page = await read(readFileSync(`content/${name}`, "utf8"));
  const path = `out/${name.slice(0, -4)}.html`;
  mkdirSync(dirname(path), { recursive: true });
  const html = renderToStaticMarkup(createElement(page, { components }));
  writeFileSync(path, `<!doctype html><meta charset="utf-8"><main>${html}</main>`);
}
