import type { Plugin } from 'vite';

/**
 * Leaves out what Svelte does only for a page that a server has drawn ("hydration"), for components of its older syntax, and
 * for code that it calls experimental: a tenth of a component's code and more of Svelte's own. None of it can run here, but a
 * minifier cannot know that, since each hangs on a variable that could be set. Fails where Svelte no longer has what it
 * looks for, so that an update cannot undo it unnoticed.
 */
export function neverHydrated(): Plugin {
  return {
    name: 'never-hydrated',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (id.endsWith('/svelte/src/internal/client/dom/hydration.js')) return constant(code, 'hydrating', 1);
      if (id.endsWith('/svelte/src/internal/flags/index.js')) return constant(code, '\\w+_mode_flag', 3);
      return id.endsWith('.svelte') ? unhydrated(code) : undefined;
    },
  };
}

/** Makes constants of variables that begin as false, and takes away what would set them. */
function constant(code: string, name: string, expected: number): string {
  let found = 0;
  const made = code.replace(new RegExp(`export let (${name}) = false`, 'g'), (_, variable: string) => {
    found += 1;
    return `export const ${variable} = false`;
  });
  if (found !== expected) throw new Error(`Svelte has ${found} of ${expected} variables like ${name}`);
  return made.replace(new RegExp(`^\\s*${name} = \\w+;$`, 'gm'), '');
}

/** Takes from a compiled component the calls and arguments that do nothing unless a page is hydrated. */
function unhydrated(code: string): string {
  return code
    .replace(/^\s*\$\.(reset|next)\([\w, ]*\);$/gm, '')
    .replace(/(\$\.(?:child|only_child|first_child)\(\w+), true\)/g, '$1)')
    .replace(/(\$\.sibling\((?:\w+|\$\.\w+\(\w+\))), 1(, true)?\)/g, '$1)')
    .replace(/(\$\.sibling\((?:\w+|\$\.\w+\(\w+\)), \d+), true\)/g, '$1)');
}
