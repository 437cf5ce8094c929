// Where a worker of such a child begins. See start-worker.ts.
import { registerHooks } from 'node:module'
import { workerData } from 'node:worker_threads'

const { entry, sources } = workerData
registerHooks({
  load(url, context, next) {
    return Object.hasOwn(sources, url) ? { format: 'module', source: sources[url], shortCircuit: true } : next(url, context)
  },
})
await import(entry)
