// Where a worker of such a child begins. See start-worker.ts.
import { workerData } from 'node:worker_threads'
import { useSources } from './use-sources.mjs'

const { entry, sources } = workerData
useSources(sources)
await import(entry)
