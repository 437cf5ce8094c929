// Where the child process begins; plain JavaScript, so that Node need not load its compiler of TypeScript: the program comes compiled from
// the parent. See collect-program.ts in the room of programs.
import { registerHooks } from 'node:module'
import { text } from 'node:stream/consumers'

const { file, entry, sources } = JSON.parse(await text(process.stdin))
registerHooks({
  load(url, context, next) {
    return Object.hasOwn(sources, url) ? { format: 'module', source: sources[url], shortCircuit: true } : next(url, context)
  },
})
const { readForParent } = await import(entry)
await readForParent(file)
