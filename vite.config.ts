import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The office app. Chrome 86 is the oldest browser of county offices (ux.md §1); the manifest lets `.size-limit.mjs` add up the first route.
export default defineConfig({
  root: 'src/apps/admin',
  base: '/',
  plugins: [react()],
  build: {
    target: 'chrome86',
    outDir: '../../../dist/admin',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
