import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { worldMap } from './build/world_map.js';

// While one works on the app, pages come from Vite and everything under /api from a program that serves a node.
const server = process.env.ENTENTE_SERVER ?? 'http://127.0.0.1:8470';
// The program takes changes from its own address alone, so a request from Vite's says that it comes from there.
const proxy = { '/api': { target: server, changeOrigin: true, headers: { origin: server } } };

export default defineConfig({
  plugins: [svelte(), worldMap()],
  server: { proxy },
  preview: { proxy },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    outDir: process.env.ENTENTE_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
