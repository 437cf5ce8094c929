import { formatYuan } from '#kernel/pure/money/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { PaperValues } from '#kernel/server/documents/index.ts'
import { describeField, readFactRows } from '#modules/registry/server/index.ts'

/** What is asked at a visit and known already: it is shown with “有变化吗” instead of being asked again. */
const asked = [
  'houseGrade',
  'houseStructure',
  'safeWater',
  'waterSource',
  'cultivatedLandMu',
  'wageIncome',
  'businessIncome',
  'propertyIncome',
  'transferIncome',
  'businessExpense',
  'eligibleOwnPaidExpense',
  'netIncomePerCapita',
]
const named = ['address', 'helperName', 'helperOrganization']

/** What the register has of a household today, as a paper shows it; what nobody knows stays empty and is asked. */
export async function knownFacts(ctx: Context & { readonly db: Db }, householdId: string): Promise<PaperValues> {
  const household = [...named, ...asked]
  let cells: readonly (string | null)[] = []
  const wanted = { cells: { household }, asOf: ctx.today, householdIds: [householdId], reason: 'paper of a case' }
  for await (const block of readFactRows(ctx, ctx.db, wanted)) cells = block[0]?.cells ?? cells
  const text = (key: string) => shown(key, cells[household.indexOf(key)] ?? null)
  return {
    住址: text('address'),
    帮扶责任人: text('helperName'),
    帮扶单位: text('helperOrganization'),
    情况: asked.map((key) => ({ 项目: describeField(key)?.zh ?? key, 已有: text(key) })),
  }
}

function shown(key: string, value: string | null): string {
  if (value === null) return ''
  const field = describeField(key)
  if (field?.type === 'boolean') return value === 'true' ? '是' : '否'
  return field?.type === 'money' ? `${formatYuan(Number(value))}元` : value
}
