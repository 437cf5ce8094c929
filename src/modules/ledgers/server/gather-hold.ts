import { anchorOf, textOfSide, type GatherSide } from '../rules/gather-plan.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { ledgersErrors } from './errors.ts'
import { holdGathered } from './gather-store.ts'
import { openGatherings, type Gatherings } from './gatherings.ts'
import type { Within } from './open-ledger.ts'

/** A record that is about to be written: as it was, and as it is meant to be, as far as is known. */
export interface ToHold {
  readonly open: OpenTemplate
  readonly recordId: string
  readonly bodies: readonly Readonly<Record<string, unknown>>[]
}

/** Whether records of a ledger take part in gathering at all: they gather or are gathered. */
export async function takesPart(ctx: Within, templateKey: string): Promise<boolean> {
  const { from, by } = await openGatherings(ctx)
  return from.has(templateKey) || by.has(templateKey)
}

/**
 * Holds, until the transaction ends, everything that records gather by and are gathered by, sorted: nobody overtakes (decision 0036). To be asked
 * before the records themselves are held.
 */
export async function holdForGathering(ctx: Within, records: readonly ToHold[]): Promise<void> {
  const gatherings = await openGatherings(ctx)
  const pairs = new Map<string, { ledger: string; thing: string }>()
  for (const record of records) for (const one of pairsOf(gatherings, record)) pairs.set(`${one.ledger} ${one.thing}`, one)
  if (pairs.size === 0) return
  const { rankOf } = gatherings
  const order = (one: string, other: string) => rankOf(one) - rankOf(other) || (one < other ? -1 : one > other ? 1 : 0)
  const all = [...pairs.values()].sort((one, other) => order(one.ledger, other.ledger) || (one.thing < other.thing ? -1 : 1))
  const ledgers = [...new Set(all.map((one) => one.ledger))]
  const things = all.map((one) => `${one.ledger} ${one.thing}`)
  // Very many would fill the table of locks of the database: then the ledgers are held whole.
  const alone = things.length > mostThings
  await holdOrSay(ctx, { ledgers, things: alone ? [] : things, alone })
}

const mostThings = 500

/** Holds a ledger, and those from which it gathers, for this transaction alone: for writing many records. */
export async function holdLedgers(ctx: Within, open: OpenTemplate): Promise<void> {
  const { rankOf } = await openGatherings(ctx)
  const ledgers = [...new Set([open.template.key, ...open.gathered.map(({ gathers }) => gathers.from)])]
  ledgers.sort((one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : 1))
  await holdOrSay(ctx, { ledgers, things: [], alone: true })
}

/** What PostgreSQL says of a lock that was not had in time, and of two that waited for each other. */
const tooLong = ['55P03', '57014', '40P01']

async function holdOrSay(ctx: Within, given: Parameters<typeof holdGathered>[2]): Promise<void> {
  try {
    await holdGathered(ctx.db, ctx, given)
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
    throw tooLong.includes(code) ? ledgersErrors.heldElsewhere() : fault
  }
}

function pairsOf({ from }: Gatherings, { open, recordId, bodies }: ToHold): { ledger: string; thing: string }[] {
  const sides = bodies.map((values): Pick<GatherSide, 'recordId' | 'values'> => ({ recordId, values }))
  const own = open.gathered.flatMap(({ gathers }) => {
    const anchor = anchorOf(open, gathers)
    return anchor === undefined ? [] : [{ ledger: gathers.from, key: anchor.mine }]
  })
  const others = (from.get(open.template.key) ?? []).map(({ anchor }) => ({ ledger: open.template.key, key: anchor.theirs }))
  return [...own, ...others].flatMap(({ ledger, key }) =>
    sides.flatMap((side) => {
      const thing = textOfSide(side, key)
      return thing === undefined ? [] : [{ ledger, thing }]
    }),
  )
}
