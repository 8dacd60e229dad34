import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { defineCollection } from "astro:content";

export const collections = {
  docs: defineCollection({
    // A page's address is its path: `client-sdk.zh`, not `client-sdkzh`.
    loader: docsLoader({ generateId: ({ entry }) => entry.replace(/\.mdx?$/, "") }),
    schema: docsSchema(),
  }),
};
