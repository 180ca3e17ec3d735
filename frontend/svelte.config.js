import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const src = fileURLToPath(new URL('src/', import.meta.url));
const components = readdirSync(src, { recursive: true })
  .map((path) => String(path).replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.svelte'))
  .sort();

/** The class of a component's styles, by its number. It stands on most elements of it: a short one makes the page lighter. */
function classOf({ filename }) {
  const path = filename.replaceAll('\\', '/');
  const number = components.findIndex((component) => path.endsWith(`src/${component}`));
  return (
    String.fromCharCode(65 + (number % 26)) +
    (number < 26 ? '' : String.fromCharCode(64 + Math.floor(number / 26)))
  );
}

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true, discloseVersion: false, cssHash: classOf },
};
