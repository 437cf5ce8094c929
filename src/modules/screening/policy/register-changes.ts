import * as z from 'zod'
import { ListKind } from '../contract.ts'
import written from './register-changes.json' with { type: 'json' }

/** How a person leaves the register; the kinds of registry's household events. */
export const LeavingKind = z.enum(['death', 'moved-away'])
export type LeavingKind = z.infer<typeof LeavingKind>

const Policy = z.strictObject({
  effectiveFrom: z.iso.date(),
  source: z.string(),
  list: ListKind,
  kindFact: z.string(),
  dayFact: z.string(),
  events: z.record(LeavingKind, z.array(z.string()).min(1)),
})
const policy = Policy.parse(written)
const kindOf = new Map(LeavingKind.options.flatMap((kind) => policy.events[kind].map((word) => [word, kind] as const)))

/** What a matched row says of its person: how he left, in whose words, and on which day, where it states one. */
export interface Leaving {
  kind: LeavingKind
  word: string
  /** YYYY-MM-DD. */
  on: string | null
}

/** Whether a row of a list says that its person has died or moved away. */
export function readLeaving(list: ListKind, facts: Readonly<Record<string, string>>): Leaving | undefined {
  if (list !== policy.list) return undefined
  const word = (facts[policy.kindFact] ?? '').normalize('NFKC').replace(/\s/g, '')
  const kind = kindOf.get(word)
  const day = z.iso.date().safeParse(facts[policy.dayFact])
  return kind === undefined ? undefined : { kind, word, on: day.success ? day.data : null }
}
