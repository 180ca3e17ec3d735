import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const typed = {
  projectService: true,
  tsconfigRootDir: import.meta.dirname,
  extraFileExtensions: ['.svelte'],
};

export default ts.config(
  { ignores: ['dist', 'wailsjs', 'node_modules'] },
  js.configs.recommended,
  // In this order: the parser for Svelte has the last word on Svelte's files.
  ts.configs.strict,
  svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: { parserOptions: typed },
    rules: {
      // TypeScript finds undefined names itself, and knows the DOM's.
      'no-undef': 'off',
      // A forgotten promise is an error that nobody ever sees.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { ...typed, parser: ts.parser, svelteConfig } },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // A button without a type submits the form that it happens to be in.
      'svelte/button-has-type': 'error',
      // What people and files say reaches the page as text. Sanitised prose has one component, with its own exception.
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/backend/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/wailsjs/**'],
              message: 'Go is reached through src/backend only: it types the calls and their errors.',
            },
          ],
        },
      ],
    },
  },
  { files: ['vite.config.ts', '*.config.js'], languageOptions: { globals: globals.node } },
);
