import type { Carrier, MissionRow, NamedTest } from './mission-rows.ts'

/** Name and status of the tests of each file, as the run reported them. */
export type Results = Readonly<Record<string, readonly (readonly [name: string, status: string])[]>>

/** What the table is checked against. */
export interface MissionGround {
  readonly modules: ReadonlySet<string>
  /** Shipped ledgers with the mechanisms that their newest version names. */
  readonly ledgers: ReadonlyMap<string, readonly string[]>
  readonly hasFile: (path: string) => boolean
  readonly results: Results
  /** Every mechanism with its title, where the register of mechanisms is there to compare with. */
  readonly register: ReadonlyMap<string, string> | undefined
}

/** A mechanism with what speaks against its working; `planned` ones have nothing to be judged by. */
export interface JudgedMechanism {
  readonly row: MissionRow
  readonly faults: readonly string[]
}
export interface JudgedMission {
  readonly mechanisms: readonly JudgedMechanism[]
  /** What is wrong with the table itself. */
  readonly faults: readonly string[]
}

/** Areas whose mechanisms become typed modules later. */
export const plannedAreas: readonly string[] = ['C03', 'C04']
const mechanisms = 171
/** The test that walks every shipped ledger; the name of each begins with its key. */
export const walkPath = 'src/modules/ledgers/server/all-templates.test.ts'

/** Judges every mechanism: its homes are there, its tests are there, ran, and passed. Pure. */
export function judgeMission(rows: readonly MissionRow[], ground: MissionGround): JudgedMission {
  return {
    mechanisms: rows.map((row) => ({ row, faults: row.carriedBy === 'planned' ? [] : judgeRow(row, ground) })),
    faults: [...tableFaults(rows), ...registerFaults(rows, ground.register)],
  }
}

/** True for a mechanism that is carried and has nothing against it. */
export function isWorking({ row, faults }: JudgedMechanism): boolean {
  return row.carriedBy !== 'planned' && faults.length === 0
}

function tableFaults(rows: readonly MissionRow[]): string[] {
  const faults: string[] = []
  const wanted = Array.from({ length: mechanisms }, (_, at) => `M-${String(at + 1).padStart(3, '0')}`)
  for (const id of wanted) {
    const count = rows.filter((row) => row.id === id).length
    if (count !== 1) faults.push(`${id} stands ${count} times`)
  }
  for (const { id } of rows) if (!wanted.includes(id)) faults.push(`${id} is no mechanism`)
  for (const { id, area, carriedBy } of rows)
    if (carriedBy === 'planned' && !plannedAreas.includes(area))
      faults.push(`${id} is planned, which only ${plannedAreas.join(' and ')} may be`)
  return faults
}

function registerFaults(rows: readonly MissionRow[], register: MissionGround['register']): string[] {
  if (register === undefined) return []
  const faults = rows.flatMap(({ id, title }) => {
    const wanted = register.get(id)
    return wanted === undefined || wanted === title ? [] : [`${id} is called ${wanted}`]
  })
  return register.size === mechanisms ? faults : [...faults, `the register holds ${register.size} mechanisms`]
}

function judgeRow(row: MissionRow, ground: MissionGround): string[] {
  const faults = row.homes.length === 0 ? ['has no home'] : row.homes.flatMap((home) => homeFaults(row, home, ground))
  if (row.carriedBy === 'ledger' && !row.homes.some(isLedger)) faults.push('no ledger is named')
  if (row.carriedBy === 'typed' && row.homes.every(isLedger)) faults.push('no module is named')
  if (row.tests.length === 0) faults.push('has no test')
  for (const test of row.tests) faults.push(...testFaults(test, ground))
  return faults
}

const isLedger = (home: string) => home.includes('.')

function homeFaults(row: MissionRow, home: string, ground: MissionGround): string[] {
  if (!isLedger(home)) return ground.modules.has(home) ? [] : [`there is no module ${home}`]
  const named = ground.ledgers.get(home)
  if (named === undefined) return [`there is no ledger ${home}`]
  if (!named.includes(row.id)) return [`ledger ${home} does not name it`]
  // Every ledger that carries something is walked: filled, moved, counted, printed.
  return row.tests.some(({ path, part }) => path === walkPath && part === home) ? [] : [`ledger ${home} is not walked`]
}

function testFaults(test: NamedTest, { hasFile, results }: MissionGround): string[] {
  const name = test.part === undefined ? test.path : `${test.path}#${test.part}`
  if (!hasFile(test.path)) return [`${name}: no such file`]
  const found = testsNamed(test, results)
  if (found.length === 0) return [`${name}: ${results[test.path] === undefined ? 'did not run' : 'no such test ran'}`]
  const failed = found.filter(([, status]) => status === 'failed')
  if (failed.length > 0) return [`${name}: failed`]
  return found.some(([, status]) => status === 'passed') ? [] : [`${name}: did not run`]
}

/** The tests that a name means: whole words of the name, so that one ledger is not taken for another whose key is longer. */
function testsNamed({ path, part }: NamedTest, results: Results): readonly (readonly [string, string])[] {
  const all = results[path] ?? []
  if (part === undefined) return all
  const edge = /[\w.-]/
  return all.filter(([name]) => {
    for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1))
      if (!edge.test(name[at - 1] ?? ' ') && !edge.test(name[at + part.length] ?? ' ')) return true
    return false
  })
}

/** The files whose tests are named and did not run yet, and which ledgers the walk has to take. */
export function testsToRun(
  rows: readonly MissionRow[],
  ground: Pick<MissionGround, 'hasFile' | 'results'>,
): { files: string[]; ledgers: string[] } {
  const files = new Set<string>()
  const ledgers = new Set<string>()
  for (const { tests } of rows)
    for (const test of tests) {
      if (!ground.hasFile(test.path) || testsNamed(test, ground.results).some(([, status]) => status === 'passed' || status === 'failed'))
        continue
      files.add(test.path)
      if (test.path === walkPath && test.part !== undefined) ledgers.add(test.part)
    }
  return { files: [...files].sort(), ledgers: [...ledgers].sort() }
}

/** How many mechanisms of each area are carried how, and how many work; areas in order. */
export function countByArea(judged: readonly JudgedMechanism[]): (Record<Carrier | 'all' | 'works', number> & { area: string })[] {
  const areas = [...new Set(judged.map(({ row }) => row.area))].sort()
  return areas.map((area) => {
    const here = judged.filter(({ row }) => row.area === area)
    const by = (carrier: Carrier) => here.filter(({ row }) => row.carriedBy === carrier).length
    return {
      area,
      all: here.length,
      typed: by('typed'),
      ledger: by('ledger'),
      planned: by('planned'),
      works: here.filter(isWorking).length,
    }
  })
}
