// Requests in; what each generator makes of them out: JSON on stdin and stdout.
//
//   in:  {jobs: [{peer, words, options, case}], inputs: {case: {har, postman, curl}}}
//   out: [{…job, text | error, warnings}]
//
// A generator is called as its own documentation says; nothing of what it returns is changed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

const GENERATORS = {
  async kong({ words: [target, client], options, har }) {
    const { HTTPSnippet } = require("httpsnippet");
    return new HTTPSnippet(har).convert(target, client, options);
  },
  async readme({ words: [target, client], options, har }) {
    const { HTTPSnippet } = require("@readme/httpsnippet");
    return new HTTPSnippet(har).convert(target, client, options)[0];
  },
  async scalar({ words: [target, client], har }) {
    const { snippetz } = await import("@scalar/snippetz");
    return snippetz().print(target, client, har);
  },
  async postman({ words: [language, variant], options, postman }) {
    const { Request } = require("postman-collection");
    const { convert } = require("postman-code-generators");
    return new Promise((resolve, reject) =>
      convert(language, variant, new Request(postman), options, (error, text) =>
        error ? reject(error) : resolve(text),
      ),
    );
  },
  async curlconverter({ words: [name], curl }) {
    const module = await import("curlconverter");
    const [text, warnings] = module[`${name}Warn`](curl);
    return [text, warnings.map(([, message]) => message)];
  },
};

const { jobs, inputs } = JSON.parse(readFileSync(0, "utf8"));
const results = [];
for (const job of jobs) {
  const { har, postman, curl } = inputs[job.case];
  const given = { ...job, har: structuredClone(har), postman, curl };
  try {
    const made = await GENERATORS[job.peer](given);
    const [text, warnings] = Array.isArray(made) ? made : [made, []];
    results.push(text ? { ...job, text, warnings } : { ...job, error: "no snippet" });
  } catch (error) {
    results.push({ ...job, error: String(error) });
  }
}
process.stdout.write(JSON.stringify(results));
