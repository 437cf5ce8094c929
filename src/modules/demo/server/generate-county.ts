import { mkdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { county } from '../policy/places.ts'
import { exportNames, type ExportName } from '../policy/exports.ts'
import { DemoPolicy, type YearPolicy } from '../policy/policy.ts'
import { listAreas, makeVillages, type Village } from '../rules/areas.ts'
import { addMonths } from '../rules/months.ts'
import { exportRows, labelsOf, type ExportPlan } from '../rules/national.ts'
import { makeHouseholds, nothingGiven, type Household } from '../rules/people.ts'
import { randomFrom } from '../rules/random.ts'
import { registerRows } from '../rules/register.ts'
import { outputReadme } from '../policy/output-readme.ts'
import { thresholdsOf } from '../rules/thresholds.ts'
import { classificationColumns, classificationLines } from '../rules/truth-classes.ts'
import type { WrittenList } from '../rules/truth.ts'
import { writeLists } from './write-lists.ts'
import { writeTruth, type TruthCounts } from './write-truth.ts'
import { writeTextFile } from './text-file.ts'
import { columnName, writeXlsxFile } from './xlsx-file.ts'

/** What county is wanted. */
export interface GenerateOptions {
  /** Households, 1 to 1,000,000. */
  households: number
  /** The same seed and options give the same bytes. */
  seed: number | string
  /** Directory to write into; made when absent. */
  out: string
  /** Months of department lists, 1 to 24; 12 unless told. */
  months?: number
  /** First month, `YYYYMM`; 202601 unless told. */
  startMonth?: string
  /** Share of households that are 脱贫户, 0 to 1. */
  registeredShare?: number
  /** Multiplies the rows of every department list. */
  listDensity?: number
  onProgress?: (progress: GenerateProgress) => void
}

export interface GenerateProgress {
  step: 'people' | 'registry' | 'national' | 'lists'
  done: number
  total: number
}

/** What was written. */
export interface GenerateReceipt {
  county: { code: string; name: string; prefecture: string; province: string }
  seed: string
  households: number
  persons: number
  registered: number
  monitored: number
  villages: number
  months: string[]
  /** Paths below `out` and their bytes, in the order of writing. */
  files: { path: string; bytes: number }[]
  /** Rows of matches.csv by class. */
  matches: Record<string, number>
  /** Leads expected (1) in leads.csv, all months. */
  leads: number
}

const policyFile = new URL('../policy/2026-01-01.json', import.meta.url)

/**
 * Writes a synthetic county with planted truth: register, five national exports, department lists per month, thresholds and truth.
 * Deterministic: no clock, no machine in the bytes. Throws a RangeError for options out of range.
 */
export async function generateCounty(options: GenerateOptions): Promise<GenerateReceipt> {
  const plan = readOptions(options)
  const villages = makeVillages(randomFrom(`${plan.seed}/areas`), options.households)
  const given = nothingGiven()
  const households = makeHouseholds({ seed: plan.seed, villages, policy: plan.policy, given })
  given.idNumbers.tails.clear() // needed while people are made; half of the memory of a large county
  options.onProgress?.({ step: 'people', done: households.length, total: households.length })
  const files: GenerateReceipt['files'] = []
  const place = async (path: string, write: (full: string) => Promise<number>): Promise<void> => {
    const full = join(options.out, path)
    mkdirSync(dirname(full), { recursive: true })
    files.push({ path, bytes: await write(full) })
  }
  await writeRegister({ villages, households, place })
  options.onProgress?.({ step: 'registry', done: 1, total: 1 })
  await writeExports({ ...plan, villages, households, place, onProgress: options.onProgress })
  const lists = writeLists({ ...plan, households, taken: given.idNumbers, place })
  const counts = await writeListsAndTruth({ ...plan, households, files, options }, lists)
  await writeClassification({ ...plan, villages, households, place })
  await place('thresholds.json', (full) => writeWhole(full, `${JSON.stringify(thresholdsOf(plan.policy, plan.months), undefined, 1)}\n`))
  await place('README.md', (full) => writeWhole(full, outputReadme(plan.seed, options.households)))
  return {
    county: { code: county.countyCode, name: county.county, prefecture: county.prefecture, province: county.province },
    seed: plan.seed,
    ...countPeople(households),
    villages: villages.length,
    months: plan.months,
    files,
    ...counts,
  }
}

interface Plan {
  seed: string
  months: string[]
  policy: YearPolicy
}

type Place = (path: string, write: (full: string) => Promise<number>) => Promise<void>

function readOptions(options: GenerateOptions): Plan {
  const { households, months = 12, startMonth = '202601', registeredShare, listDensity = 1 } = options
  if (!Number.isInteger(households) || households < 1 || households > 1_000_000)
    throw new RangeError('demo: households must be 1 to 1,000,000')
  if (!Number.isInteger(months) || months < 1 || months > 24) throw new RangeError('demo: months must be 1 to 24')
  if (!/^20\d\d(0[1-9]|1[0-2])$/.test(startMonth)) throw new RangeError('demo: startMonth must be YYYYMM')
  const baseline = DemoPolicy.parse(JSON.parse(readFileSync(policyFile, 'utf8')))
  const rowsPerThousand = Object.fromEntries(Object.entries(baseline.rowsPerThousand).map(([list, rows]) => [list, rows * listDensity]))
  const policy = DemoPolicy.parse({ ...baseline, rowsPerThousand, registeredShare: registeredShare ?? baseline.registeredShare })
  return {
    seed: String(options.seed),
    months: Array.from({ length: months }, (_, at) => addMonths(startMonth, at)),
    policy: { ...policy, year: Number(startMonth.slice(0, 4)) },
  }
}

async function writeRegister(work: { villages: Village[]; households: Household[]; place: Place }): Promise<void> {
  const areas = listAreas(work.villages).map((area) => [area.code, area.name, area.level, area.parentCode])
  const rows = [['code', 'name', 'level', 'parent_code'], ...areas]
  await work.place('areas.csv', (full) => writeTextFile(full, rows, { encoding: 'utf-8', delimiter: ',', lineEnd: '\n' }))
  await work.place('registry/农户信息.csv', (full) =>
    writeTextFile(full, registerRows(work.households), { encoding: 'gb18030', delimiter: ',', lineEnd: '\r\n' }),
  )
}

async function writeListsAndTruth(
  work: Plan & { households: Household[]; files: GenerateReceipt['files']; options: GenerateOptions },
  lists: AsyncIterable<WrittenList[]>,
): Promise<TruthCounts> {
  const { options, files } = work
  mkdirSync(join(options.out, 'truth'), { recursive: true })
  const path = (name: string): string => join(options.out, 'truth', name)
  const note = (name: string, bytes: number): void => void files.push({ path: `truth/${name}`, bytes })
  const onMonth = (done: number): void => options.onProgress?.({ step: 'lists', done, total: work.months.length })
  return writeTruth({ ...work, path, note }, lists, onMonth)
}

async function writeWhole(full: string, text: string): Promise<number> {
  await writeFile(full, text)
  return Buffer.byteLength(text)
}

interface ExportWork extends Plan {
  villages: Village[]
  households: Household[]
  place: Place
  onProgress: GenerateOptions['onProgress']
}

function exportPlan({ seed, villages, households, policy, months }: Omit<ExportWork, 'place' | 'onProgress'>): ExportPlan {
  return { seed, villages, households, month: months[months.length - 1] ?? '', incomeLineYuan: policy.limits.incomeLineYuan }
}

/** Layers and classes as the monitoring export was written, on the last day of the last month. */
async function writeClassification(work: Omit<ExportWork, 'onProgress'>): Promise<void> {
  const plan = exportPlan(work)
  const name = '（自定义）监测对象信息'
  const lines = classificationLines(labelsOf(name), exportRows(name, plan), plan.month)
  const rows = [classificationColumns, ...lines]
  await work.place('truth/classification.csv', (full) => writeTextFile(full, rows, { encoding: 'utf-8', delimiter: ',', lineEnd: '\n' }))
}

async function writeExports(work: ExportWork): Promise<void> {
  const plan = exportPlan(work)
  for (const [at, name] of exportNames.entries()) {
    const merges = [['A1', `${columnName(labelsOf(name).length - 1)}1`]] as const
    await work.place(`national/${name}.xlsx`, (full) => writeXlsxFile(full, [{ name: 'Sheet1', merges, rows: exportSheet(name, plan) }]))
    work.onProgress?.({ step: 'national', done: at + 1, total: exportNames.length })
  }
}

/** Title, time of export, labels, then one row per person; every cell text. */
function* exportSheet(name: ExportName, plan: ExportPlan): Generator<string[]> {
  const day = `${addMonths(plan.month, 1).slice(0, 4)}-${addMonths(plan.month, 1).slice(4)}-18`
  yield [name]
  yield [`导出时间：${day} 09:00:00`]
  yield labelsOf(name)
  yield* exportRows(name, plan)
}

function countPeople(households: readonly Household[]): Pick<GenerateReceipt, 'households' | 'persons' | 'registered' | 'monitored'> {
  return {
    households: households.length,
    persons: households.reduce((sum, household) => sum + household.members.length, 0),
    registered: households.filter((household) => household.type === '脱贫户').length,
    monitored: households.filter((household) => household.monitored !== '').length,
  }
}
