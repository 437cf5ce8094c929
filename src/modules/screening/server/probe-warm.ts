// Loads the comparing programs and ends, so that Node keeps their compiled code. See probe-cache.ts.
import { isMainThread } from 'node:worker_threads'
import { runProbe } from './run-probe.ts'
import './lane-worker.ts'

if (!isMainThread || typeof runProbe !== 'function') process.exitCode = 1
