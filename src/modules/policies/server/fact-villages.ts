import { valueAt } from '#kernel/pure/decisions/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { readVillageFacts } from '#modules/registry/server/index.ts'
import { factDay, type VillageCounts, type VillageRow } from '../rules/fact.ts'
import { villageFacts } from '../rules/fact-functions.ts'
import { policiesErrors } from './errors.ts'
import { makeColumn } from './fact-columns.ts'
import { loadHouseholds } from './fact-households.ts'
import { cardOf, makeSubjects, type AskSubjects, type LoadedSubjects } from './fact-subjects.ts'

/** Facts of villages, as `loadSubjects`: what the export states, the kinds of the day, and what is counted over the households of the day. */
export async function loadVillages(ctx: Context, db: Db, ask: AskSubjects): Promise<LoadedSubjects> {
  const asked = [...new Set(ask.facts)].map((name) => {
    const fact = villageFacts[name]
    if (fact === undefined) throw policiesErrors.unknownFact({ name })
    return { name, fact, column: makeColumn(cardOf('village', name)) }
  })
  const counts = await countVillages(ctx, db, ask)
  const stated = new Map((await readVillageFacts(ctx, db, ask.asOf)).map((row) => [row.area_path, row]))
  const into = makeSubjects(ask)
  const on = factDay(ask.asOf)
  for (const areaPath of [...new Set([...stated.keys(), ...counts.keys()])].sort()) {
    const { facts = {}, kinds = [] } = stated.get(areaPath) ?? {}
    const row: VillageRow = { areaPath, kinds, counted: counts.get(areaPath) ?? nobody, cell: (key) => textOf(facts[key]) }
    for (const { fact, column } of asked) column.add(fact.value(row, on))
    into.add(areaPath, areaPath.split('.')[4] ?? '', areaPath)
  }
  return into.finish(asked)
}

const nobody: VillageCounts = {
  households: 0,
  persons: 0,
  registeredHouseholds: 0,
  registeredPersons: 0,
  monitoredHouseholds: 0,
  openHouseholds: 0,
}

const counted = ['家庭人口数', '是脱贫户', '是监测对象', '监测状态']

/** Counts by village, by the facts of the households themselves, so that a village never says another thing than its households. */
async function countVillages(ctx: Context, db: Db, ask: AskSubjects): Promise<Map<string, VillageCounts>> {
  const { count, areaPaths, columns } = await loadHouseholds(ctx, db, { ...ask, of: 'household', facts: counted, householdIds: undefined })
  const found = new Map<string, VillageCounts>()
  const at = (name: string, record: number) => {
    const column = columns[name]
    return column === undefined ? null : valueAt(column, record)
  }
  const members = columns['家庭人口数']
  for (let record = 0; record < count; record += 1) {
    const path = villageOf(areaPaths[record] ?? '')
    if (path === undefined) continue
    const before = found.get(path) ?? nobody
    const people = members?.kind === 'numbers' ? members.values[record] || 0 : 0
    const [isExited, isMonitored, state] = [at('是脱贫户', record), at('是监测对象', record), at('监测状态', record)]
    found.set(path, {
      households: before.households + 1,
      persons: before.persons + people,
      registeredHouseholds: plus(before.registeredHouseholds, isExited, 1),
      registeredPersons: plus(before.registeredPersons, isExited, people),
      monitoredHouseholds: plus(before.monitoredHouseholds, isMonitored, 1),
      openHouseholds: plus(before.openHouseholds, state === null ? null : state === '未消除', 1),
    })
  }
  return found
}

function plus(sum: number | null, is: unknown, amount: number): number | null {
  if (sum === null || is === null) return null
  return is === true ? sum + amount : sum
}

const villageDepth = 5

function villageOf(areaPath: string): string | undefined {
  const parts = areaPath.split('.')
  return parts.length <= villageDepth ? undefined : `${parts.slice(0, villageDepth).join('.')}.`
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
