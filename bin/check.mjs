#!/usr/bin/env node
// npm run check: what to run before a push; the same as npm test.
await import('./test.mjs')
