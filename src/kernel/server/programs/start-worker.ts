import { Worker, type WorkerOptions } from 'node:worker_threads'
import { collect } from './collect-program.ts'

/** Starts a worker, compiled where this process was started with a compiled program. */
export function startWorker(entry: URL, options: Omit<WorkerOptions, 'workerData'> = {}): Worker {
  const sources = compiledSources()
  if (sources === undefined) return new Worker(entry, options)
  return new Worker(new URL('./start-worker.mjs', import.meta.url), { ...options, workerData: collect([entry], (url) => sources[url]) })
}

function compiledSources(): Record<string, string> | undefined {
  // Safe: only start-program.mjs sets it.
  return (globalThis as { [key: symbol]: Record<string, string> | undefined })[Symbol.for('bangfu.sources')]
}
