import { listNames, type ListName } from '../policy/lists.ts'
import type { YearPolicy } from '../policy/policy.ts'
import { gatherCrowd } from '../rules/crowd.ts'
import type { Entry } from '../rules/entry.ts'
import { drawLayout, type Layout } from '../rules/layout.ts'
import { indexRegister } from '../rules/matching.ts'
import type { Household, TakenNumbers } from '../rules/people.ts'
import { firstMonth, nextMonth, type ListPlan } from '../rules/plan-lists.ts'
import { randomFrom, type Random } from '../rules/random.ts'
import { renderList, type Rendered } from '../rules/render.ts'
import type { WrittenList } from '../rules/truth.ts'
import { writeTextFile } from './text-file.ts'
import { writeXlsFile } from './xls-file.ts'
import { writeXlsxFile } from './xlsx-file.ts'

/** What the lists are made from. `place` writes a file below the output directory. */
export interface ListWork {
  seed: string
  months: readonly string[]
  policy: YearPolicy
  households: readonly Household[]
  taken: TakenNumbers
  place: (path: string, write: (full: string) => Promise<number>) => Promise<void>
}

interface Department {
  plan: ListPlan
  rows: number
  entries: Entry[]
}

const legacyLists: readonly ListName[] = ['disability', 'housing', 'jobs', 'bank', 'police']
const numberLists: readonly ListName[] = ['cars', 'firms', 'dibao', 'medical']

/** Writes twelve lists per month and hands over each month as it was written. */
export async function* writeLists(work: ListWork): AsyncGenerator<WrittenList[]> {
  const departments = openDepartments(work)
  for (const [at, month] of work.months.entries()) {
    const written: WrittenList[] = []
    for (const department of departments) {
      const { plan, rows } = department
      department.entries = at === 0 ? firstMonth(plan, month, rows) : nextMonth(plan, department.entries, month)
      const rendered = renderList(plan.random, plan.layout, { entries: department.entries, month })
      const file = plan.layout.file.replace('{ym}', month)
      await work.place(`departments/${month}/${file}`, (full) => writeRendered(full, plan.layout, rendered))
      written.push({ list: plan.list, month, file, placed: rendered.placed })
    }
    yield written
  }
}

function openDepartments(work: ListWork): Department[] {
  const index = indexRegister(work.households)
  const draw = randomFrom(`${work.seed}/departments`)
  const legacy = draw.pick(legacyLists)
  const numbers = draw.pick(numberLists)
  return listNames.map((list) => {
    const random = randomFrom(`${work.seed}/list/${list}`)
    const rows = Math.max(
      2,
      Math.round(((work.policy.rowsPerThousand[list] ?? 10) * work.households.length * swing(random, work.policy)) / 1000),
    )
    const small = rows * 1.05 ** work.months.length < 20_000
    const layout = drawLayout(random, list, { legacy: list === legacy && small, numberIds: list === numbers })
    const policy = scaleDirt(random, work.policy)
    const { households, taken } = work
    const crowd = gatherCrowd(random, {
      list,
      households,
      index,
      taken,
      year: policy.year,
      outsiders: policy.outsiders,
      leaning: list === 'bank' ? 0.8 : 0.3,
    })
    return { plan: { list, layout, policy, index, crowd, random, count: 0 }, rows, entries: [] }
  })
}

/** Every department makes mistakes at its own rate. */
function scaleDirt(random: Random, policy: YearPolicy): YearPolicy {
  const scale = (shares: Record<string, number>): Record<string, number> =>
    Object.fromEntries(Object.entries(shares).map(([kind, share]) => [kind, share * swing(random, policy)]))
  return { ...policy, idDirt: scale(policy.idDirt), nameDirt: scale(policy.nameDirt), outsiders: policy.outsiders * swing(random, policy) }
}

function swing(random: Random, policy: YearPolicy): number {
  return policy.swing ** (random.next() * 2 - 1)
}

async function writeRendered(path: string, layout: Layout, rendered: Rendered): Promise<number> {
  if (layout.format === 'xlsx') return writeXlsxFile(path, rendered.sheets)
  if (layout.format === 'xls') return writeXlsFile(path, rendered.sheets)
  const rows = rendered.sheets.flatMap((sheet) =>
    sheet.rows.map((row) => row.map((cell) => (typeof cell === 'object' ? cell.digits : String(cell)))),
  )
  return writeTextFile(path, rows, layout)
}
