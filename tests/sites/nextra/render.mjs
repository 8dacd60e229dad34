// Reads pages as Nextra does and writes what it makes of them, without the site around it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { compileMdx } from "nextra/compile";
import { createElement } from "react";
import * as runtime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";

const Tabs = ({ items, children }) => createElement("div", null, items.join(" "), children);
Tabs.Tab = "section";
const options = {
  // As in next.config: nothing stands in an empty line.
  mdxOptions: { rehypePrettyCodeOptions: { onVisitLine: (line) => delete line.properties["data-line"] } },
};

for (const name of readdirSync("content", { recursive: true })) {
  if (!name.endsWith(".mdx")) continue;
  const code = await compileMdx(readFileSync(`content/${name}`, "utf8"), options);
  const page = Reflect.construct(Function, [code])({ ...runtime, useMDXComponents: () => ({ Tabs }) });
  const html = renderToStaticMarkup(createElement(page.default ?? page.MDXContent, { components: { Tabs } }));
  const path = `out/${name.replace(/\.mdx$/, ".html")}`;
  mkdirSync(`${path}/..`.replace(/\/[^/]+\/\.\.$/, ""), { recursive: true });
  writeFileSync(path, `<!doctype html><meta charset="utf-8"><main>${html}</main>`);
}
