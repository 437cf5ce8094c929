import { lastDayOf, readMonth } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findHouseholds, listHouseholdMembers } from '#modules/registry/server/index.ts'
import { MatchCause, MatchClass, type ListKind } from '../contract.ts'
import { kindOf } from '../policy/list-kinds.ts'
import { petitionTopics, type Thresholds } from '../policy/policy.ts'
import { pushFact, pushMatched } from '../rules/add-row.ts'
import { buildIndex } from '../rules/build-index.ts'
import { judgeList, type ReasonDraft } from '../rules/judge-leads.ts'
import { idAt, type RegisterIndex } from '../rules/register-layout.ts'
import { factColumn, howNumber, makeTally, openSource, pushRow, type Tally } from '../rules/tally.ts'
import { isNumeric } from '../rules/values.ts'
import { leadTableWith } from './lead-table.ts'
import { leadPolicyOn } from './lead-versions.ts'
import { indexPerson } from './load-register-index.ts'
import { makeMatcher } from './make-matcher.ts'
import { listMatchedOf, type KeptRow } from './match-store.ts'
import type { FoundReason } from './raise-leads.ts'
import { soundOf } from './sound-of.ts'
import { screeningErrors } from './screening-errors.ts'

interface RejudgeInput {
  vault: Vault
  run: { runId: string; month: string; thresholds: Thresholds }
  list: ListKind
  householdId: string
  /** Rows (`file sheet row`) whose key the earlier month did not have. */
  newRows: ReadonlySet<string>
}

/** Judges the kept rows of one household in a list of a run again, with the readings and limits of the run. */
export async function rejudgeHousehold(db: Db, ctx: Context, input: RejudgeInput): Promise<FoundReason[]> {
  const { run, list, householdId } = input
  const month = readMonth(run.month)
  if (month === undefined) throw screeningErrors.badMonth({ month: run.month })
  const index = await indexOfHousehold(db, ctx, input)
  const rows = await listMatchedOf(db, ctx.scope.countyCode, { runId: run.runId, list, householdId })
  const { tally, states } = tallyOf(index, list, { rows, newRows: input.newRows })
  const matcher = makeMatcher(index, soundOf)
  const leads = leadTableWith(run.thresholds, (await leadPolicyOn({ ...ctx, db }, lastDayOf(month))).table)
  const drafts = judgeList(list, { matcher, month, thresholds: run.thresholds, leads, topics: petitionTopics, tally, delta: { states } })
  return drafts.map((draft) => foundReason(index, draft, rows))
}

/** How a row is named among `newRows`. */
export function nameOfRow(row: { file: string; sheet: string; row: number }): string {
  return `${row.file} ${row.sheet} ${row.row}`
}

/** The household as the comparison sees it, without numbers and telephones, which no reading asks for. */
async function indexOfHousehold(db: Db, ctx: Context, { householdId, vault }: RejudgeInput): Promise<RegisterIndex> {
  const builder = buildIndex(soundOf)
  const [home] = await findHouseholds(ctx, db, [householdId])
  if (home === undefined) throw screeningErrors.notDecidable()
  const members = (await listHouseholdMembers(ctx, db, { householdIds: [householdId], vault })).get(householdId) ?? []
  for (const member of members) {
    const wage = member.facts.find((fact) => fact.key === 'monthlyWage')?.value
    builder.add(
      indexPerson({
        ...member,
        idNumber: '',
        phones: [],
        householdId,
        householdNo: home.householdNo,
        householdType: home.type,
        monitorCategory: home.monitorCategory,
        monthlyIncomeFen: typeof wage === 'number' ? wage : undefined,
        township: home.township,
        village: home.village,
        villageCode: undefined,
        group: home.group,
        areaPath: home.areaPath,
      }),
    )
  }
  return builder.finish()
}

/** The kept rows as the tally that they once were. */
function tallyOf(
  index: RegisterIndex,
  list: ListKind,
  { rows, newRows }: { rows: readonly KeptRow[]; newRows: ReadonlySet<string> },
): { tally: Tally; states: Uint8Array } {
  const tally = makeTally()
  const source = openSource(tally, { file: 0, sheet: '' })
  const persons = new Map(Array.from({ length: index.persons }, (_, person) => [idAt(index.personIds, person), person]))
  const types = new Map(kindOf(list).fields.map((field) => [field.key, field.type]))
  const states = new Uint8Array(rows.length)
  const hashes = new Int32Array(4)
  for (const [at, row] of rows.entries()) {
    const ordinal = pushRow(tally, { hashes, line: row.row, high: -1, low: -1 })
    states[at] = newRows.has(nameOfRow(row)) ? 1 : 0
    const how = howNumber({ class: MatchClass.parse(row.class), cause: MatchCause.parse(row.cause) })
    // A row of which no hash was kept is like no other.
    const [restHigh, restLow] = row.rest === null ? [at, -1] : [halfOf(row.rest, 0), halfOf(row.rest, 8)]
    // Somebody who has left the household meanwhile speaks for it no more.
    pushMatched(tally, { ordinal, person: persons.get(row.personId) ?? -1, how, spot: { source, row: row.row, restLow, restHigh } })
    for (const [key, value] of Object.entries(row.facts)) {
      const type = types.get(key)
      if (type !== undefined) pushFact(tally, factColumn(tally, key, type), at, isNumeric(type) ? numberOf(type, value) : value)
    }
  }
  return { tally, states }
}

function halfOf(hex: string, from: number): number {
  return Number.parseInt(hex.slice(from, from + 8), 16) | 0
}

/** A fact as it was shown, read back: fen, days as yyyymmdd, counts; what could not be read as a number stays a word. */
function numberOf(type: string, value: string): number | string {
  if (type === 'amount') return /^-?\d+\.\d\d$/.test(value) ? Math.round(Number(value) * 100) : value
  if (type === 'day') return /^\d{4}-\d\d-\d\d$/.test(value) ? Number(value.replaceAll('-', '')) : value
  return /^\d+$/.test(value) ? Number(value) : value
}

const mostEvidence = 20

function foundReason(index: RegisterIndex, draft: ReasonDraft, rows: readonly KeptRow[]): FoundReason {
  const { household, person } = draft
  return {
    rule: draft.rule,
    list: draft.list,
    householdId: idAt(index.householdIds, household),
    areaPath: index.places[index.placeOf[household] ?? 0]?.areaPath ?? '',
    personId: person < 0 ? null : idAt(index.personIds, person),
    value: draft.value,
    measure: draft.measure ?? null,
    band: draft.band ?? null,
    evidence: draft.rows.slice(0, mostEvidence).flatMap((at) => {
      const row = rows[at]
      if (row === undefined) return []
      const { key: _key, ...facts } = row.facts
      return [{ file: row.file, sheet: row.sheet, row: row.row, class: MatchClass.parse(row.class), facts }]
    }),
  }
}
