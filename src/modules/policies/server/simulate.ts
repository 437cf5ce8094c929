import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { findHouseholds, findPersonNames } from '#modules/registry/server/index.ts'
import type { AskSimulatedNames, AskSimulation, SimulatedMoney, SimulatedName, Simulation } from '../contract.ts'
import { findFact } from '../policy/facts.ts'
import { workloadOf } from '../rules/simulate.ts'
import { sumOfAll, type MoneySum } from '../rules/simulate-money.ts'
import { nameAreas } from './area-names.ts'
import { policiesErrors } from './errors.ts'
import { whoFillsParameters } from '../rules/explain.ts'
import { simulateCounty, type SimulatedCounty } from './simulate-run.ts'

/** Whether the caller may see who changes, and not only how many. */
function canSeeNames(ctx: Context): boolean {
  return mayDo(ctx, 'registry.household', 'read')
}

/**
 * What a draft would change among all subjects under the caller's scope: from which outcome to which, by township, in money, in work, and what
 * stays undecided for want of which fact. Audited. Throws `policies.not-simulated`, `not-in-force`, `decisions.*`.
 */
export async function simulate(ctx: Context, given: { key: string; ask: AskSimulation }): Promise<Simulation> {
  return inTransaction(ctx, async (db) => {
    const begun = performance.now()
    const found = await simulateCounty({ ...ctx, db }, db, given)
    const { table, subjects, tally, money, unknown } = found
    const nameOf = await nameAreas({ ...ctx, db }, found.townships)
    await noteSimulation(ctx, db, { did: 'policies.simulate', found, ask: given.ask })
    return {
      key: table.entry.key,
      asOf: given.ask.asOf,
      count: subjects.count,
      changed: tally.changed,
      outcomes: [...found.outcomes.texts],
      matrix: tally.matrix,
      townships: tally.townships.map(({ township, ...counts }) => {
        const areaPath = found.townships[township] ?? ''
        return { areaPath, name: nameOf(areaPath), ...counts, money: (money[township] ?? []).map(showMoney) }
      }),
      amountChanges: tally.amountChanges,
      money: sumOfAll(table.entry.money, money).map(showMoney),
      unknown: [...unknown]
        .sort(([, one], [, other]) => other - one)
        .map(([fact, count]) => ({ fact, count, suppliedBy: findFact(table.of, fact)?.suppliedBy ?? whoFillsParameters })),
      workload: workloadOf(tally.changed, table.entry.personDays),
      tookMs: Math.round(performance.now() - begun),
      canSeeNames: canSeeNames(ctx),
    }
  })
}

function showMoney({ output, before, after }: MoneySum): SimulatedMoney {
  return { output, oldFen: String(before), newFen: String(after) }
}

const pageLength = 50

/**
 * Who changes, by name, a page at a time in the order of ids: all who change, or those that went `from` one outcome `to` another (who stays among
 * them where both are the same, with `changedOnly` those among them who get another amount). Audited. Throws `policies.no-names` for a caller who may not read households.
 */
export async function listSimulatedNames(
  ctx: Context,
  given: { key: string; ask: AskSimulatedNames },
): Promise<{ items: SimulatedName[]; next: string | undefined }> {
  if (!canSeeNames(ctx)) throw policiesErrors.noNames()
  return inTransaction(ctx, async (db) => {
    const inside = { ...ctx, db }
    const { from, to, areaPath, after, changedOnly, ...ask } = given.ask
    const found = await simulateCounty(inside, db, { key: given.key, ask })
    const records = chosenRecords(found, { from, to, areaPath, after, changedOnly })
    const page = records.slice(0, pageLength)
    await noteSimulation(ctx, db, { did: 'policies.simulate-names', found, ask, shown: page.length })
    const items = await namesOf(inside, db, found, page)
    return { items, next: records.length > pageLength ? items.at(-1)?.subjectId : undefined }
  })
}

/** One more than a page. */
function chosenRecords(found: SimulatedCounty, chosen: Omit<AskSimulatedNames, keyof AskSimulation>): number[] {
  const { outcomes, before, after, amountChanged, subjects } = found
  const placeOf = (text: string | undefined) => (text === undefined ? undefined : outcomes.texts.indexOf(text))
  const [from, to] = [placeOf(chosen.from), placeOf(chosen.to)]
  const isStay = from !== undefined && from === to && chosen.changedOnly !== true
  const records: number[] = []
  const first = chosen.after === undefined ? 0 : subjects.ids.indexOf(chosen.after) + 1
  for (let record = first; record < subjects.count && records.length <= pageLength; record += 1) {
    if (!isStay && before[record] === after[record] && amountChanged[record] !== 1) continue
    if ((from !== undefined && before[record] !== from) || (to !== undefined && after[record] !== to)) continue
    if (chosen.areaPath !== undefined && subjects.areaPaths[record]?.startsWith(chosen.areaPath) !== true) continue
    records.push(record)
  }
  return records
}

async function namesOf(ctx: Context, db: Db, found: SimulatedCounty, records: readonly number[]): Promise<SimulatedName[]> {
  const { subjects, outcomes, before, after, rules, judgedBy, table, amounts } = found
  const ids = records.map((record) => subjects.ids[record] ?? '')
  const nameOf = await whoIs(ctx, db, found, records)
  const clausesOf = table.tables.map((one) => clauses(one.after))
  return records.map((record, at) => {
    const rule = rules[record] ?? -1
    return {
      subjectId: ids[at] ?? '',
      no: subjects.numbers[record] ?? '',
      ...nameOf(record),
      from: outcomes.texts[before[record] ?? 0] ?? '',
      to: outcomes.texts[after[record] ?? 0] ?? '',
      rule: rule < 0 ? null : rule + 1,
      clause: clausesOf[judgedBy[record] ?? 0]?.(rule) ?? '',
      money: amounts.map(({ output, ...of }) => ({ output, oldFen: textOf(of.before[record]), newFen: textOf(of.after[record]) })),
    }
  })
}

const textOf = (fen: bigint | null | undefined): string | null => (fen === null || fen === undefined ? null : String(fen))

/** Name and place of records; whoever is out of scope by now has neither. */
async function whoIs(ctx: Context, db: Db, { subjects }: SimulatedCounty, records: readonly number[]) {
  const ids = records.map((record) => subjects.ids[record] ?? '')
  const areaOf = await nameAreas(
    ctx,
    records.map((record) => subjects.areaPaths[record] ?? ''),
  )
  const placeOf = (record: number) => {
    const parts = (subjects.areaPaths[record] ?? '').split('.').filter((part) => part !== '')
    return parts.map((_, at) => (at < 3 ? '' : areaOf(`${parts.slice(0, at + 1).join('.')}.`))).join('')
  }
  const names = new Map<string, string>()
  if (subjects.of === 'household') for (const card of await findHouseholds(ctx, db, ids)) names.set(card.householdId, card.headName ?? '')
  if (subjects.of === 'person') for (const [id, name] of await findPersonNames(ctx, db, ids)) names.set(id, name)
  return (record: number) => {
    const areaName = placeOf(record)
    const name = subjects.of === 'village' ? areaOf(subjects.areaPaths[record] ?? '') : (names.get(subjects.ids[record] ?? '') ?? '')
    return { name, areaName }
  }
}

/** The clause that stands beside a row of the table that was asked last. */
function clauses({ compiled }: SimulatedCounty['table']['tables'][number]['after']): (rule: number) => string {
  if ('reason' in compiled) return () => ''
  const { annotations, rules } = compiled.table.table
  const place = Math.max(
    0,
    annotations.findIndex(({ name }) => name === '条款'),
  )
  return (rule) => rules[rule]?.annotationEntries[place]?.text ?? ''
}

async function noteSimulation(
  ctx: Context,
  db: Db,
  given: { did: string; found: SimulatedCounty; ask: AskSimulation; shown?: number },
): Promise<void> {
  const { found, ask, shown } = given
  await audit(db, ctx, {
    did: given.did,
    objectKind: 'policies.policy',
    objectId: found.table.entry.key,
    details: { asOf: ask.asOf, text: found.table.tables[0]?.after.hash, count: found.subjects.count, changed: found.tally.changed, shown },
  })
}
