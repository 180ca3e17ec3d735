import type { Plugin } from 'vite';

/** Something in a file of Svelte's own that is settled for this page. */
interface Settled {
  /** The file, below its `src/internal`. */
  file: string;
  /** What stands there, and how often. */
  from: RegExp;
  times: number;
  to: string;
}

/** Variables that begin as false, as constants; what would set them goes as well. */
const never = (file: string, name: string, variables: number, setters: number): Settled[] => [
  {
    file,
    from: new RegExp(`export let (${name}) = false`, 'g'),
    times: variables,
    to: 'export const $1 = false',
  },
  { file, from: new RegExp(`^\\s*${name} = \\w+;$`, 'gm'), times: setters, to: '' },
];

/**
 * What never is so here: a page that a server has drawn ("hydration"), components of Svelte's older syntax and code that it calls
 * experimental, `await` in a template, an error caught by a part of the page.
 */
const settled: Settled[] = [
  ...never('client/dom/hydration.js', 'hydrating', 1, 1),
  ...never('flags/index.js', '\\w+_mode_flag', 3, 4),
  {
    file: 'client/reactivity/async.js',
    from: /if \(async\.length === 0 && pending\.length === 0\)/,
    times: 1,
    to: 'if (true)',
  },
  {
    file: 'client/dom/blocks/boundary.js',
    from: /if \(!this\.#props\.onerror && !this\.#props\.failed\)/,
    times: 1,
    to: 'if (true)',
  },
];

/**
 * Leaves out of the page what Svelte does for pages of another kind: a tenth of a component's code and more of Svelte's own. A
 * minifier cannot know that it never runs, since each hangs on a variable that could be set. Fails where Svelte no longer has
 * what it looks for, so that an update cannot undo it unnoticed, and where a component uses what was left out.
 */
export function leanSvelte(): Plugin {
  return {
    name: 'lean-svelte',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (id.endsWith('.svelte')) return lean(code, id);
      const here = settled.filter(({ file }) => id.endsWith(`/svelte/src/internal/${file}`));
      return here.length > 0 ? here.reduce(settle, code) : undefined;
    },
  };
}

function settle(code: string, { file, from, times, to }: Settled): string {
  const found = code.match(from)?.length ?? 0;
  if (found !== times) throw new Error(`${file} of Svelte has ${found} of ${times} places like ${from}`);
  return code.replace(from, to);
}

/**
 * Takes from a compiled component the calls and arguments that do nothing unless a page is hydrated, and the assignments that
 * make Chromium look again which way a text runs: WebKit looks by itself. Tags that end with their markup end without being said.
 */
function lean(code: string, id: string): string {
  if (/\$\.(boundary|async\w*|save)\(/.test(code)) throw new Error(`${id} needs what is left out of Svelte`);
  return code
    .replace(/(\$\.from_html\(`(?:[^`\\]|\\.)*?)(?:<\/[\w-]+>)+`/g, '$1`')
    .replace(/^\s*\$\.(reset|next)\([\w, ]*\);$/gm, '')
    .replace(/^\s*(\w+)\.dir = \1\.dir;$/gm, '')
    .replace(/(\$\.(?:child|only_child|first_child)\(\w+), true\)/g, '$1)')
    .replace(/(\$\.sibling\((?:\w+|\$\.\w+\(\w+\))), 1(, true)?\)/g, '$1)')
    .replace(/(\$\.sibling\((?:\w+|\$\.\w+\(\w+\)), \d+), true\)/g, '$1)');
}
