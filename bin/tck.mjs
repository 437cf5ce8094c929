#!/usr/bin/env node
// npm run tck -- DIR: runs a folder of cases of the DMN Technology Compatibility Kit; prints each failure and passed/total.
import { join } from 'node:path'
import { checkout, install, runNode } from './prepare.mjs'

install()
process.exitCode = await runNode([join(checkout, 'test/tck/main.ts'), ...process.argv.slice(2)])
