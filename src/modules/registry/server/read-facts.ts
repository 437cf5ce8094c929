import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { readCopyText, type Db } from '#kernel/server/database/index.ts'
import { registryErrors } from './errors.ts'
import {
  copyFactRows,
  hasMovedSince,
  listVillageFactRows,
  partEnd,
  personEnd,
  type FactRowAsk,
  type FactRowCells,
  type FactRowRange,
  type VillageFactRow,
} from './fact-row-store.ts'
import { findRevision } from './register-store.ts'

/** A household's cells, in the order in which they were asked for, with its members on the day. */
export interface HouseholdFacts {
  readonly householdId: string
  readonly householdNo: string
  readonly areaPath: string
  readonly cells: readonly (string | null)[]
  /** None where members were not asked for. */
  readonly members: readonly MemberFacts[]
}
export interface MemberFacts {
  /** '' where ids were not asked for, and so is the number. */
  readonly personId: string
  readonly personNo: string
  readonly cells: readonly (string | null)[]
}

export interface AskFactRows {
  readonly cells: FactRowCells
  /** The day of which membership is read; values are those of today: the register keeps no earlier ones. */
  readonly asOf: string
  /** Some households; absent: all under the caller's scope. */
  readonly householdIds?: readonly string[] | undefined
  /** Why; stands in the audit of a read of the whole scope. */
  readonly reason: string
}

/** Households per statement: a statement of a request may run for two seconds. */
const statementHouseholds = 5_000
const idsAtATime = 5_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * Reads what the register holds of households and their members, as text: money in fen, land in mu, days `YYYY-MM-DD`, yes and no as `true` and
 * `false`; null where nothing is known or a value could not be read. In blocks, by household id; to be consumed inside the transaction.
 * One audit row where the whole scope is read. Throws `registry.reason-needed`.
 */
export async function* readFactRows(ctx: Context, db: Db, ask: AskFactRows): AsyncGenerator<HouseholdFacts[], void> {
  const { cells, asOf, householdIds } = ask
  if (ask.reason.trim() === '') throw registryErrors.reasonNeeded()
  if (householdIds === undefined) await noteReading(ctx, db, ask)
  const isUnmoved = asOf >= ctx.today || (householdIds === undefined && !(await hasMovedSince(db, ctx.scope, asOf)))
  const query: FactRowAsk = { scope: ctx.scope, cells, asOf, isUnmoved }
  if (householdIds !== undefined) {
    for (let at = 0; at < householdIds.length; at += idsAtATime)
      yield* blocksOf(db, query, { householdIds: householdIds.slice(at, at + idsAtATime) })
    return
  }
  for (let after = beforeAll; ; ) {
    const part = { count: 0, last: after }
    yield* blocksOf(db, query, { after, limit: statementHouseholds }, part)
    if (part.count < statementHouseholds) return
    after = part.last
  }
}

async function noteReading(ctx: Context, db: Db, ask: AskFactRows): Promise<void> {
  const { countyCode } = ctx.scope
  await audit(db, ctx, {
    did: 'registry.read-facts',
    objectKind: 'registry.register',
    objectId: countyCode,
    reason: ask.reason,
    details: { revision: await findRevision(db, countyCode), asOf: ask.asOf, cells: [...ask.cells.household, ...(ask.cells.member ?? [])] },
  })
}

/** What the village export states of each village under the caller's scope, and its kinds on the day. */
export function readVillageFacts(ctx: Context, db: Db, asOf: string): Promise<VillageFactRow[]> {
  return listVillageFactRows(db, ctx.scope, asOf)
}

/** Counts the households of a part, also those that did not exist on the day yet. */
// oxlint-disable-next-line max-params -- the part is counted while it is read
async function* blocksOf(
  db: Db,
  query: FactRowAsk,
  range: FactRowRange,
  part = { count: 0, last: '' },
): AsyncGenerator<HouseholdFacts[], void> {
  const read = makeLineReader(query.cells)
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of copyFactRows(db, query, range)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = bytes.lastIndexOf(10)
    rest = bytes.subarray(end + 1)
    if (end < 0) continue
    const lines = bytes.toString('utf8', 0, end).split('\n')
    part.count += lines.length
    part.last = lines.at(-1)?.slice(0, beforeAll.length) ?? part.last
    yield lines.flatMap(read)
  }
}

/** Nothing for a household to which people came only after the day. */
function makeLineReader({ withMemberIds = false }: FactRowCells): (line: string) => HouseholdFacts[] {
  return (line) => {
    const [householdId = '', householdNo = '', areaPath = '', members = '\\N', cameLater, ...cells] = line.split('\t')
    const persons = readCopyText(members)
    if (persons === null && cameLater === 't') return []
    const read = persons === null ? [] : persons.split(personEnd).map((person) => readPerson(person, withMemberIds))
    return [{ householdId, householdNo, areaPath, cells: cells.map(readCopyText), members: read }]
  }
}

function readPerson(person: string, withMemberIds: boolean): MemberFacts {
  const parts: (string | null)[] = person.split(partEnd)
  for (let at = 0; at < parts.length; at += 1) if (parts[at] === '\\N') parts[at] = null
  if (!withMemberIds) return { personId: '', personNo: '', cells: parts }
  return { personId: parts[0] ?? '', personNo: parts[1] ?? '', cells: parts.slice(2) }
}
