// The end-to-end tests use what the front end has installed.
import { createRequire } from 'node:module';

const installed = createRequire(new URL('../frontend/package.json', import.meta.url));
const js = installed('@eslint/js');
const globals = installed('globals');

export default [
  js.configs.recommended,
  {
    // Functions that are handed to a page run there.
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { eqeqeq: 'error', 'no-unused-vars': ['error', { ignoreRestSiblings: true }] },
  },
];
