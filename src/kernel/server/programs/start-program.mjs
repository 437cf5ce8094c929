// Where a child process begins; plain JavaScript, so that Node need not load its compiler of TypeScript: the program comes compiled from
// the parent, on the standard input, with what its `begin` is given, if it has one. See collect-program.ts.
import { text } from 'node:stream/consumers'
import { useSources } from './use-sources.mjs'

const { entry, sources, given } = JSON.parse(await text(process.stdin))
globalThis[Symbol.for('bangfu.sources')] = sources // for its workers
useSources(sources)
const { begin } = await import(entry)
await begin?.(given)
