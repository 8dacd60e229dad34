// Reads pages as Fumadocs does, by its own parser, and writes what it makes of them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { evaluate } from "@mdx-js/mdx";
import * as plugins from "fumadocs-core/mdx-plugins";
import remarkFrontmatter from "remark-frontmatter";
import { createElement } from "react";
import * as runtime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";

const components = { Tabs: "div", Tab: "section" };
const options = {
  ...runtime,
  // What `fumadocs-mdx` sets up.
  remarkPlugins: [
    remarkFrontmatter,
    plugins.remarkGfm,
    plugins.remarkHeading,
    plugins.remarkImage,
    plugins.remarkCodeTab,
    plugins.remarkNpm,
    plugins.remarkStructure,
  ],
  // As in source.config: a language that Shiki does not know is text.
  rehypePlugins: [[plugins.rehypeCode, { fallbackLanguage: "plaintext" }]],
};

async function read(source) {
  // The site's components stand in for those of `fumadocs-ui`, which needs Next.js.
  const page = source.replace(/^import .* from 'fumadocs-ui.*$/gm, "");
  return (await evaluate(page, options)).default;
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
