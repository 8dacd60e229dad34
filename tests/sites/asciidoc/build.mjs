// Every page of `pages` as HTML, with tabs: Asciidoctor as its own site is built.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const asciidoctor = require('@asciidoctor/core')();
const tabs = require('@asciidoctor/tabs');
const shared = dirname(require.resolve('@asciidoctor/tabs/script'));

tabs.register(asciidoctor.Extensions);
asciidoctor.LoggerManager.getLogger().setLevel(2);
const script = readFileSync(join(shared, 'tabs.js'), 'utf8');
const style = readFileSync(require.resolve('@asciidoctor/tabs/style'), 'utf8');

for (const name of readdirSync('pages', { recursive: true })) {
  if (!name.endsWith('.adoc')) continue;
  const html = asciidoctor.convertFile(join('pages', name), {
    to_file: false,
    standalone: true,
    safe: 'safe',
    attributes: { linkcss: true, stylesheet: '' },
  });
  const out = join('site', name.replace(/adoc$/, 'html'));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, html
    .replace(/<link [^>]*https:[^>]*>/g, '') // its fonts come from elsewhere
    .replace('</head>', () => `<style>${style}</style></head>`)
    .replace('</body>', () => `<script data-sync-storage-key="preferred-tab">${script}</script></body>`));
}
