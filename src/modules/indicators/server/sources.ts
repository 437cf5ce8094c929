import type { IndicatorDefinition } from '#kernel/pure/indicators/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { indicatorsErrors } from './errors.ts'

/** What a module publishes: `ServerPlug.indicators`. */
export type IndicatorSource = (ctx: Context) => Promise<readonly IndicatorDefinition[]>

/** Every definition by its key, in the order of the modules; the first of two with one key stands. */
export async function collectDefinitions(ctx: Context, sources: readonly IndicatorSource[]): Promise<Map<string, IndicatorDefinition>> {
  const all = new Map<string, IndicatorDefinition>()
  for (const source of sources) for (const one of await source(ctx)) if (!all.has(one.key)) all.set(one.key, one)
  return all
}

/** The definition of a key; throws `indicators.unknown-indicator`. */
export function getDefinition(all: ReadonlyMap<string, IndicatorDefinition>, key: string): IndicatorDefinition {
  const found = all.get(key)
  if (found === undefined) throw indicatorsErrors.unknownIndicator({ key })
  return found
}
