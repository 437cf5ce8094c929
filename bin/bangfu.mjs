#!/usr/bin/env node
// The command line: re-starts itself with the pinned Node 24 whatever the machine has.
import { join } from 'node:path'
import { build, checkout, install, runNode } from './prepare.mjs'

const [command, ...rest] = process.argv.slice(2)
install()
if (command === 'build' || command === 'serve') await build()
if (command === 'build') process.exit(0)
if (command === 'bench') process.exitCode = await runNode([join(checkout, 'test/bench/main.ts'), ...rest])
else process.exitCode = await runNode([join(checkout, 'src/apps/server/main.ts'), ...process.argv.slice(2)])
