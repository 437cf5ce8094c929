#!/usr/bin/env node
// npm run bench -- compare|import …: prints the budgets of the design with a peer measured in the same run.
import { join } from 'node:path'
import { checkout, install, runNode } from './prepare.mjs'

install()
process.exitCode = await runNode([join(checkout, 'test/bench/main.ts'), ...process.argv.slice(2)])
