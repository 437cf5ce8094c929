#!/usr/bin/env node
// npm start: install what is missing, build, then serve (which starts PostgreSQL, migrates and loads the demo county).
import { join } from 'node:path'
import { build, checkout, install, runNode } from './prepare.mjs'

install()
await build()
process.exitCode = await runNode([join(checkout, 'src/apps/server/main.ts'), 'serve', ...process.argv.slice(2)])
