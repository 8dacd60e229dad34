import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

export default defineConfig({
  integrations: [
    starlight({
      title: "Shop",
      expressiveCode: { tabWidth: 0 }, // tabs of code stay tabs
    }),
  ],
  markdown: { smartypants: false }, // `--flag` of prose stays as it was written
});
