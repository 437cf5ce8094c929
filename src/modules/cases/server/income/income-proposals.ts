import { parseFen } from '#kernel/pure/money/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { describeField, readFactRows, type HouseholdFacts } from '#modules/registry/server/index.ts'
import { listMatchedFacts } from '#modules/screening/server/index.ts'
import { incomeFlows } from '../../policy/income-flows.ts'
import { flowsFromLists, flowsFromRegister, proposalsOf, type RawFlow } from '../../rules/income/income-flows.ts'
import { monthPlus, monthsOfDays } from '../../rules/income/income-months.ts'
import type { IncomeLine, IncomeMember, IncomeProposal } from '../../rules/income/income-records.ts'

const registerCells = ['periodStart', 'periodEnd', ...new Set(incomeFlows.register.flatMap(({ field, unless }) => [field, ...unless]))]
const memberCells = ['name', 'relationToHead', 'birthDate']

/** What the register has of a household today. */
export interface RegisterIncome {
  readonly areaPath: string
  readonly members: readonly (IncomeMember & { readonly bornOn: string | null })[]
  readonly cells: ReadonlyMap<string, string | null>
}

/** Reads the yearly amounts and the members; undefined out of scope. */
export async function readRegisterIncome(ctx: Context, db: Db, householdId: string): Promise<RegisterIncome | undefined> {
  const cells = { household: registerCells, member: memberCells, withMemberIds: true }
  const asked = { cells, asOf: ctx.today, householdIds: [householdId], reason: 'income sheet of a household' }
  let found: HouseholdFacts | undefined
  for await (const block of readFactRows(ctx, db, asked)) found = block[0] ?? found
  if (found === undefined) return undefined
  const { areaPath, cells: values } = found
  return {
    areaPath,
    members: found.members.map(({ personId, cells: [name = null, relation = null, bornOn = null] }) => ({
      personId,
      name: name ?? '',
      relation,
      bornOn,
    })),
    cells: new Map(registerCells.map((key, at) => [key, values[at] ?? null])),
  }
}

/** Amounts that lists and the register have, beside what stands in the sheet; `fallback` is the period of a yearly amount that names none. */
export async function proposeIncome(
  ctx: Context,
  db: Db,
  given: {
    householdId: string
    register: RegisterIncome
    lines: readonly IncomeLine[]
    fallback: { from: string; to: string }
    periods: readonly { from: string; to: string }[]
  },
): Promise<IncomeProposal[]> {
  const { register, lines } = given
  const since = given.periods.map((period) => monthsOfDays(period).from).reduce((one, other) => (one < other ? one : other))
  const rows = await listMatchedFacts(ctx, db, { householdId: given.householdId, since: monthPlus(since, -1) })
  const [from, to] = [register.cells.get('periodStart'), register.cells.get('periodEnd')]
  const period = typeof from === 'string' && typeof to === 'string' && to > from ? { from, to } : given.fallback
  const flows: RawFlow[] = [
    ...flowsFromLists(rows, incomeFlows.lists, (text) => parseFen(text)),
    ...flowsFromRegister(register.cells, incomeFlows.register, {
      period: monthsOfDays(period),
      labelOf: (field) => describeField(field)?.zh ?? field,
    }),
  ]
  return proposalsOf(flows, lines)
}
