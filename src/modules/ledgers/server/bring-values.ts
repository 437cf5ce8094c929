import {
  isContext,
  isList,
  printNumber,
  printTemporal,
  readDate,
  readNumber,
  type FeelContext,
  type Json,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { decideOne, openTables } from '#modules/policies/server/index.ts'
import { fromFeel } from '../rules/feel-values.ts'
import { planGather } from '../rules/gather-plan.ts'
import { judgeRecord, type Brought, type RecordToJudge } from '../rules/judge-record.ts'
import type { DecidedStep, GatheredField, OpenTemplate } from '../rules/open-template.ts'
import type { FieldValue } from '../rules/records.ts'
import type { DecidedRow } from './decide-store.ts'
import { openedLedgers, readGathered } from './gather-store.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { currentVersion, mayRead, unlockForSystem, type Within } from './open-ledger.ts'

/** What a record is to be brought: judged once without it, so that defaults and days that are computed are known. */
export interface ToBring {
  readonly open: OpenTemplate
  readonly recordId: string
  readonly areaPath: string | undefined
  readonly record: RecordToJudge
}

/** Everything that comes from elsewhere for one record, and, after it was judged, why the decided fields say what they say. */
export interface BroughtValues {
  readonly brought: Brought
  readonly decided: () => readonly DecidedRow[]
}

/** Whether a version brings anything. */
export const brings = (open: OpenTemplate): boolean => open.gathered.length > 0 || open.steps.some((step) => step.kind === 'decided')

/** Gathers what a record gathers and opens the tables that decide its fields. Undefined where its version brings nothing. */
export async function bringValues(ctx: Within, given: ToBring): Promise<BroughtValues | undefined> {
  const { open, record } = given
  if (!brings(open)) return undefined
  const first = open.gathered.length === 0 ? record.values : judgeRecord(open, record).values
  const gathered = await gatherAll(ctx, { ...given, values: first })
  const steps = open.steps.flatMap((step) => (step.kind === 'decided' ? [step] : []))
  const tables = steps.length === 0 ? undefined : await openTables(ctx, [...new Set(steps.map((step) => step.decides.policy))])
  const rows = new Map<string, DecidedRow>()
  const decide = (step: DecidedStep, facts: FeelContext, asOf: string): ReturnType<Brought['decide']> => {
    rows.delete(step.field.key)
    try {
      const policy = tables?.(step.decides.policy, { asOf, areaPath: given.areaPath })
      if (policy === undefined) return { refused: 'not-in-force' }
      const { value, rules } = decideOne(policy, facts)
      const { key, versionId, hash } = policy
      rows.set(step.field.key, { fieldKey: step.field.key, policyKey: key, versionId, hash, asOf, facts: asJson(facts), rules })
      return { value: isContext(value) ? (value.get(step.decides.output) ?? null) : value }
    } catch (fault) {
      if (isNamedError(fault) && fault.code === 'policies.not-in-force') return { refused: 'not-in-force' }
      throw fault
    }
  }
  return { brought: { gathered, decide }, decided: () => [...rows.values()] }
}

async function gatherAll(
  ctx: Within,
  given: ToBring & { values: Readonly<Record<string, FieldValue | undefined>> },
): Promise<Record<string, FieldValue>> {
  const { open } = given
  const values: Record<string, FieldValue> = {}
  if (open.gathered.length === 0) return values
  const sources = new Map<string, { from: OpenTemplate; isClosed: boolean; mayRead: boolean }>()
  for (const { gathers } of open.gathered) {
    const from = gathers.from === open.template.key ? open : (await currentVersion(ctx, gathers.from)).open
    sources.set(gathers.from, { from, isClosed: from.template.access.closed === true, mayRead: mayRead(ctx, from) })
  }
  await asSystemWithin(ctx, 'gather', async (system) => {
    const closed = [...sources].flatMap(([key, one]) => (one.isClosed && one.mayRead ? [key] : []))
    const before = closed.length === 0 ? [] : await openedLedgers(system.db)
    if (closed.length > 0) await unlockForSystem(system, [...new Set([...before, ...closed])])
    for (const field of open.gathered) {
      const source = sources.get(field.gathers.from)
      // What a closed ledger says is not told to who may not read it: the field stays as it was.
      if (source === undefined || (source.isClosed && !source.mayRead)) values[field.field.key] = given.values[field.field.key] ?? null
      else values[field.field.key] = await gatherOne(system, { ...given, field, from: source.from })
    }
    if (closed.length > 0) await unlockForSystem(system, before)
  })
  return values
}

async function gatherOne(
  ctx: Within,
  given: ToBring & { values: Readonly<Record<string, FieldValue | undefined>>; field: GatheredField; from: OpenTemplate },
): Promise<FieldValue> {
  const { open, field, values, recordId } = given
  const plan = planGather(open, field, { side: { recordId, values }, from: given.from.template })
  if (plan === undefined) return null
  const text = await readGathered(ctx.db, ctx, plan)
  if (text === null) return null
  return fromFeel(field.field, field.field.kind === 'date' ? readDate(text) : readNumber(text))
}

/** Facts as they are kept: numbers as decimal text, so that nothing is lost. */
function asJson(facts: FeelContext): Record<string, Json> {
  return Object.fromEntries([...facts].map(([name, value]) => [name, jsonOf(value)]))
}

function jsonOf(value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (isList(value)) return value.map(jsonOf)
  if (isContext(value)) return Object.fromEntries([...value].map(([name, one]) => [name, jsonOf(one)]))
  if (value.kind === 'number') return printNumber(value)
  return value.kind === 'date' ? printTemporal(value) : null
}
