import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { leanSvelte } from './lean-svelte.ts';

export default defineConfig({
  plugins: [svelte(), svelteTesting(), leanSvelte()],
  // safari16 is the oldest engine whose features WebKitGTK 2.50 shares.
  build: {
    target: 'safari16',
    sourcemap: false,
    modulePreload: false,
    emptyOutDir: true,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
  },
  // One process with a context for each file: a process for each costs ten times the time of its tests.
  test: {
    environment: 'happy-dom',
    pool: 'vmThreads',
    include: ['src/**/*.test.ts'],
    setupFiles: ['./src/test-setup.ts'],
  },
});
