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

const once = (file: string, from: RegExp, to: string): Settled => ({
  file,
  from: new RegExp(from, 'gm'),
  times: 1,
  to,
});

/**
 * What never is so here: a page that a server has drawn ("hydration"), components of Svelte's older syntax and code that it calls
 * experimental, `await` in a template, an error caught by a part of the page.
 */
const settled: Settled[] = [
  ...never('client/dom/hydration.js', 'hydrating', 1, 1),
  ...never('flags/index.js', '\\w+_mode_flag', 3, 4),
  once('client/reactivity/async.js', /if \(async\.length === 0 && pending\.length === 0\)/, 'if (true)'),
  // An error caught by a part of the page: the page has no such part, and is none itself.
  once(
    'client/render.js',
    /boundary\(\s*\/\*\* .*? \*\/ \(anchor_node\),\s*\{\s*pending: .*\s*\},\s*\(anchor_node\) =>/,
    'branch(() =>',
  ),
  once('client/render.js', /,\s*transformError\s*\);/, ');'),
  once('client/render.js', /import { component_root }/, 'import { branch, component_root }'),
  once('client/error-handling.js', /\(effect\.f & BOUNDARY_EFFECT\) !== 0/, 'false'),
  once('client/reactivity/batch.js', /effect\.b\?\.is_pending/, 'false'),
  // Work that is put off until something awaited is there, or that may be thrown away ("fork").
  { file: 'client/reactivity/batch.js', from: /\b(?:this|batch)\.is_fork\b(?! =)/g, times: 5, to: 'false' },
  { file: 'client/reactivity/batch.js', from: /this\.#is_deferred\(\)/g, times: 2, to: 'false' },
  { file: 'client/reactivity/deriveds.js', from: /current_batch\?\.is_fork/g, times: 2, to: 'false' },
  once('client/reactivity/sources.js', /batch\.is_fork/, 'false'),
  once('client/runtime.js', /= current_batch\?\.is_fork/, '= false'),
  once('client/reactivity/batch.js', /this\.#pending === 0/, 'true'),
  once('client/reactivity/batch.js', /export let batch_values = null/, 'export const batch_values = null'),
  { file: 'client/reactivity/batch.js', from: /^\s*batch_values = .*;$/gm, times: 7, to: '' },
  ...[
    'increment',
    'decrement',
    'settled',
    'ondiscard',
    'skip_effect',
    'unskip_effect',
    'activate',
    'deactivate',
  ].map((method) =>
    once('client/reactivity/batch.js', new RegExp(`^\\t${method}\\(.*\\) {$[^]*?^\\t}$`, 'm'), ''),
  ),
  // State that is changed in place ("proxy"): a value is replaced by another here.
  once('client/reactivity/sources.js', /should_proxy \? proxy\(value\) : value/, 'value'),
  once('client/reactivity/props.js', /runes && bindable \? proxy\(value\) : value/, 'value'),
  once('client/dom/blocks/each.js', /= should_defer_append\(\)/, '= false'),
  once('client/dom/blocks/branches.js', /= should_defer_append\(\)/, '= false'),
  // A branch that is drawn before it is shown.
  {
    file: 'client/dom/blocks/branches.js',
    from: /= this\.#offscreen\.get\(\w+\)/g,
    times: 2,
    to: '= undefined',
  },
  once('client/dom/blocks/branches.js', /if \(keys\.includes\(k\)/, 'if (false'),
  once('client/dom/blocks/branches.js', / && !this\.#offscreen\.has\(key\)/, ''),
  // Classes and styles that are said one by one beside others: each element has one list of them.
  once('shared/attributes.js', /if \(directives\)/, 'if (false)'),
  once('client/dom/elements/class.js', /else if \(next_classes &&/, 'else if (false &&'),
  once('shared/attributes.js', /if \(value\) \{/, 'if (false) {'),
  // A list that is read nowhere.
  once('../utils.js', /\.\.\.DOM_BOOLEAN_ATTRIBUTES,/, ''),
  // Transitions and animations.
  { file: 'client/reactivity/effects.js', from: /effect\.nodes && effect\.nodes\.t/g, times: 3, to: 'null' },
  once('client/reactivity/effects.js', /remaining = transitions\.length/, 'remaining = 0'),
  once('client/dom/blocks/each.js', /\(flags & EACH_IS_ANIMATED\) !== 0/, 'false'),
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
      const here = settled.filter(({ file }) =>
        id.endsWith(`/svelte/src/internal/${file}`.replace('/internal/..', '')),
      );
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
  if (
    /\$\.(boundary|async\w*|save|proxy|transition|animation)\(|, classes(_\d+)?, \{|\.set_style\(\w+, (?!''|``)/.test(
      code,
    )
  ) {
    throw new Error(`${id} needs what is left out of Svelte`);
  }
  return code
    .replace(/(\$\.from_html\(`(?:[^`\\]|\\.)*?)(?:<\/[\w-]+>)+`/g, '$1`')
    .replace(/^\s*\$\.(reset|next)\([\w, ]*\);$/gm, '')
    .replace(/^\s*(\w+)\.dir = \1\.dir;$/gm, '')
    .replace(/(\$\.(?:child|only_child|first_child)\(\w+), true\)/g, '$1)')
    .replace(/(\$\.sibling\((?:\w+|\$\.\w+\(\w+\))), 1(, true)?\)/g, '$1)')
    .replace(/(\$\.sibling\((?:\w+|\$\.\w+\(\w+\)), \d+), true\)/g, '$1)');
}
