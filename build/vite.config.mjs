/** @file How the window is built: renderer/ into dist/renderer, files only, so that a strict content policy holds. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

import { inProject } from './project.mjs'

// React and Vite choose by this variable; what a person gets must not depend on where they built it.
process.env['NODE_ENV'] = 'production'

export default defineConfig({
  root: inProject('renderer'),
  base: './',
  plugins: [react()],
  logLevel: 'error',
  build: {
    outDir: inProject('dist', 'renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // Nothing as data: in the page; the policy allows files of its own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
})
