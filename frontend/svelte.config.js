import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const classes = new Map();

/** The class of a component's styles. It stands on most elements of it: a short one makes the page lighter. */
function classOf({ hash, filename, css }) {
  const from = filename ?? css;
  const name = `s${hash(from).slice(0, 3)}`;
  if (classes.has(name) && classes.get(name) !== from)
    throw new Error(`${from} has the class of ${classes.get(name)}`);
  classes.set(name, from);
  return name;
}

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true, discloseVersion: false, cssHash: classOf },
};
