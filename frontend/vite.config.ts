import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { compress } from './compress.ts';
import { leanSvelte } from './lean-svelte.ts';

export default defineConfig({
  plugins: [svelte(), svelteTesting({ autoCleanup: false }), leanSvelte(), compress()],
  // safari16 is the oldest engine whose features WebKitGTK 2.50 shares.
  build: {
    target: 'safari16',
    sourcemap: false,
    modulePreload: false,
    emptyOutDir: true,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    // Compressing takes most of the time, and may.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  // A file of tests that draws says so by importing what cleans up after it,
  // one that needs no page says so at its top: each page made takes half a second.
  test: {
    environment: 'happy-dom',
    pool: 'threads',
    include: ['src/**/*.test.ts'],
  },
});
