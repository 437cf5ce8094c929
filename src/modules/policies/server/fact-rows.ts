import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Day } from '#kernel/pure/time/index.ts'
import { readFactRows, type HouseholdFacts } from '#modules/registry/server/index.ts'
import { listOpenLeadHouseholds } from '#modules/screening/server/index.ts'
import type { Cells, FactNeeds, HouseholdRow } from '../rules/fact.ts'

/** A household as the register has it on a day, with what names it. Used again for the next one: keep nothing of it. */
export interface ReadHousehold {
  readonly row: HouseholdRow
  readonly raw: HouseholdFacts
}

/** What is read: the cells that the asked facts need, of the caller's scope or of some households. */
export interface RowsAsk {
  readonly needs: readonly FactNeeds[]
  readonly asOf: Day
  readonly householdIds?: readonly string[] | undefined
  /** True: ids and numbers of the members are wanted as well. */
  readonly withMembers?: boolean
  readonly reason: string
}

/** Reads households one by one in blocks, by their ids; inside the transaction of `db`. */
export async function* readHouseholds(ctx: Context, db: Db, ask: RowsAsk): AsyncGenerator<Generator<ReadHousehold>, void> {
  const isAlone = !ask.withMembers && ask.needs.every((one) => one.member === undefined)
  const member = isAlone ? undefined : namesIn(ask.needs, 'member')
  const cells = { household: namesIn(ask.needs, 'household'), member, withMemberIds: ask.withMembers === true }
  const leads = ask.needs.some((one) => one.lead)
    ? await listOpenLeadHouseholds(ctx, db, { asOf: ask.asOf, householdIds: ask.householdIds })
    : null
  const read = makeReader(cells, leads)
  const { asOf, householdIds, reason } = ask
  for await (const block of readFactRows(ctx, db, { cells, asOf, householdIds, reason })) yield read(block)
}

function namesIn(needs: readonly FactNeeds[], of: 'household' | 'member'): string[] {
  return [...new Set(needs.flatMap((one) => one[of] ?? []))].sort()
}

/** A row whose cells are found by name; a fact that looks at a cell which it did not name would see less than there is. */
class NamedCells implements Cells {
  values: readonly (string | null)[] = []
  readonly #places: ReadonlyMap<string, number>

  constructor(names: readonly string[]) {
    this.#places = new Map(names.map((name, place) => [name, place]))
  }

  cell(key: string): string | null {
    const place = this.#places.get(key)
    if (place === undefined) throw new Error(`the fact does not say that it needs ${key}`)
    return this.values[place] ?? null
  }
}

class NamedHousehold extends NamedCells implements HouseholdRow {
  areaPath = ''
  hasOpenLead: boolean | null = null
  readonly people: NamedCells[] = []
  readonly #hasMembers: boolean

  constructor(names: readonly string[], hasMembers: boolean) {
    super(names)
    this.#hasMembers = hasMembers
  }

  get members(): readonly Cells[] {
    if (!this.#hasMembers) throw new Error('the fact does not say that it needs the members')
    return this.people
  }
}

function makeReader(
  cells: { household: readonly string[]; member: readonly string[] | undefined },
  leads: ReadonlySet<string> | null,
): (block: readonly HouseholdFacts[]) => Generator<ReadHousehold> {
  const { household, member: names } = cells
  const row = new NamedHousehold(household, names !== undefined)
  const pool: NamedCells[] = []
  return function* (block) {
    for (const raw of block) {
      row.values = raw.cells
      row.areaPath = raw.areaPath
      row.hasOpenLead = leads === null ? null : leads.has(raw.householdId)
      row.people.length = 0
      for (const [at, member] of raw.members.entries()) {
        const own = (pool[at] ??= new NamedCells(names ?? []))
        own.values = member.cells
        row.people.push(own)
      }
      yield { row, raw }
    }
  }
}
