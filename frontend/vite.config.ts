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
  test: {
    environment: 'happy-dom',
    pool: 'threads',
    include: ['src/**/*.test.ts'],
    setupFiles: ['./src/test-setup.ts'],
  },
});
