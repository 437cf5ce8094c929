import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { shippedTemplates } from '../../src/modules/ledgers/server/shipped-templates.ts'
import { countByArea, isWorking, judgeMission, plannedAreas, testsToRun, type MissionGround, type Results } from './check-mission.ts'
import { readMission } from './mission-rows.ts'

// Started by bin/mission.mjs: `ask RESULTS OUT` says which tests have to run, `print RESULTS` what works.
const checkout = join(import.meta.dirname, '../..')
const [what, resultsPath = '', out = ''] = process.argv.slice(2)
const { rows, faults } = readMission(readFileSync(join(checkout, 'docs/mission.csv'), 'utf8'))
const ground: MissionGround = {
  modules: new Set(
    readdirSync(join(checkout, 'src/modules'), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : [])),
  ),
  ledgers: new Map([...shippedTemplates()].map(([key, versions]) => [key, versions.at(-1)?.template.mechanisms ?? []])),
  hasFile: (path) => existsSync(join(checkout, path)),
  // Safe: written by bin/mission.mjs.
  results: JSON.parse(readFileSync(resultsPath, 'utf8')) as Results,
  register: readRegister(),
}

/** The register of mechanisms, where it lies beside the checkout. */
function readRegister(): Map<string, string> | undefined {
  const path = join(resolve(process.env['BANGFU_SHARED'] ?? join(checkout, '../shared')), 'mission/mechanisms.md')
  if (!existsSync(path)) return undefined
  const heads = readFileSync(path, 'utf8').matchAll(/^### (M-\d{3}) (.+)$/gm)
  return new Map([...heads].map(([, id = '', title = '']) => [id, title.trim()]))
}

const say = (line: string) => process.stdout.write(`${line}\n`)

function print(): number {
  const judged = judgeMission(rows, ground)
  const tableFaults = [...faults, ...judged.faults]
  say(ground.register === undefined ? 'mechanisms: as docs/mission.csv lists them' : 'mechanisms: compared with the register')
  say('area  all  typed  ledger  planned  work')
  const counts = countByArea(judged.mechanisms)
  for (const { area, ...one } of counts) say(line(area, one))
  const sum = (key: keyof (typeof counts)[number] & ('all' | 'typed' | 'ledger' | 'planned' | 'works')) =>
    counts.reduce((total, one) => total + one[key], 0)
  say(line('all', { all: sum('all'), typed: sum('typed'), ledger: sum('ledger'), planned: sum('planned'), works: sum('works') }))
  for (const fault of tableFaults) say(`TABLE: ${fault}`)
  const broken = judged.mechanisms.filter((one) => one.faults.length > 0)
  for (const { row, faults: why } of broken) say(`NOT WORKING: ${row.id} ${row.title.split(' — ')[0] ?? ''}: ${why.join('; ')}`)
  const planned = judged.mechanisms.filter(({ row }) => row.carriedBy === 'planned').map(({ row }) => row.id)
  if (planned.length > 0) say(`planned: ${planned.join(' ')}`)
  say(`${judged.mechanisms.filter(isWorking).length} of 171 work`)
  const isBad = tableFaults.length > 0 || broken.some(({ row }) => !plannedAreas.includes(row.area))
  return isBad ? 1 : 0
}

function line(area: string, one: Readonly<Record<'all' | 'typed' | 'ledger' | 'planned' | 'works', number>>): string {
  const number = (value: number, width: number) => String(value).padStart(width)
  return `${area.padEnd(4)} ${number(one.all, 4)} ${number(one.typed, 6)} ${number(one.ledger, 7)} ${number(one.planned, 8)} ${number(one.works, 5)}`
}

if (what === 'ask') writeFileSync(out, JSON.stringify(testsToRun(rows, ground)))
else process.exitCode = print()
