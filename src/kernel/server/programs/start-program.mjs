// Where a child process begins; plain JavaScript, so that Node need not load its compiler of TypeScript: the program comes compiled from
// the parent, on the standard input. See collect-program.ts.
import { registerHooks } from 'node:module'
import { text } from 'node:stream/consumers'

const { entry, sources } = JSON.parse(await text(process.stdin))
globalThis[Symbol.for('bangfu.sources')] = sources // for its workers
registerHooks({
  load(url, context, next) {
    return Object.hasOwn(sources, url) ? { format: 'module', source: sources[url], shortCircuit: true } : next(url, context)
  },
})
await import(entry)
