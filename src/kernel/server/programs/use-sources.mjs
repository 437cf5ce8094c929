// Modules that come compiled from the parent are taken from there; all others Node finds itself.
import { registerHooks } from 'node:module'

export function useSources(sources) {
  registerHooks({
    load(url, context, next) {
      return Object.hasOwn(sources, url) ? { format: 'module', source: sources[url], shortCircuit: true } : next(url, context)
    },
  })
}
