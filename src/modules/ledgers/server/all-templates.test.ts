import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { drawn, isFull, makeChance, seed } from '../../../../test/chance.ts'
import { rolledBack } from '../../../../test/database.ts'
import { hasSample, sampleOf } from '../../../../test/ledgers/sample-import.ts'
import { enteredOf, someRecord, type Values } from '../../../../test/ledgers/some-values.ts'
import { expectDeadlines, expectOverdueAtSecond } from '../../../../test/ledgers/walk-deadlines.ts'
import { expectFigures, expectNumberWithoutRows } from '../../../../test/ledgers/walk-figures.ts'
import { expectExport, expectOrders, expectPrints } from '../../../../test/ledgers/walk-lists.ts'
import { moveByChance, step, walkMoves } from '../../../../test/ledgers/walk-moves.ts'
import { feedersOf } from '../../../../test/ledgers/ways.ts'
import type { Inside, Walker } from '../../../../test/ledgers/walker.ts'
import { expectNextVersion, expectShippedVersions } from '../../../../test/ledgers/walk-versions.ts'
import { openWalkWorld, type WalkWorld } from '../../../../test/ledgers/walk-world.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { RecordRecord } from '../rules/records.ts'
import { drawSample } from './draw-sample.ts'
import { linkedRecords } from './linked-records.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { makeRecord } from './write-record.ts'

// What every shipped ledger must do, walked over all of them. Its sample comes as a workbook of a department (test/ledgers/sample-import.ts says how it is
// written); everything else is rolled back. `npm test` draws some, `npm run test:full` walks all, BANGFU_WALK=industry.firm,markets.sale these.
const walk = openWalkWorld()
const newest = [...shippedTemplates().values()].flatMap((versions) => versions.slice(-1))
const asked = process.env['BANGFU_WALK']?.split(',')
const walked = asked === undefined ? drawn('shipped ledgers', 6, newest) : newest.filter((one) => asked.includes(one.template.key))
const more = isFull || asked !== undefined ? 8 : 4
/** What was walked, said at the end of a long run. */
const seen = { ledgers: 0, rows: 0, records: 0, moves: 0, 'figures that are not 0': 0, orders: 0, 'older versions': 0 }
afterAll(() => {
  if (more > 4)
    process.stdout.write(
      `walked: ${Object.entries(seen)
        .map(([what, count]) => `${count} ${what}`)
        .join(', ')}\n`,
    )
})

describe('the samples of shipped ledgers', () => {
  it('are there for each, with two bad rows at least, and each ledger has five fields or more', () => {
    for (const { template } of newest) {
      expect(hasSample(template.key), template.key).toBe(true)
      expect(Object.keys(sampleOf(template.key).bad).length, template.key).toBeGreaterThanOrEqual(2)
      expect(template.fields.length, template.key).toBeGreaterThanOrEqual(5)
    }
  })
})

describe('every shipped ledger', () => {
  it.each(walked.map((one) => [one.template.key, one] as const))(
    '%s is imported, moved, counted, listed, sent out, printed, shut to others and taken to its next version',
    async (key, open) => {
      const { records: sample } = await walk().imported(key)
      for (const feeder of feedersOf(key)) await walk().imported(feeder)
      await rolledBack(walk().officer(), async (ctx) => {
        const walker = await walkerOf(ctx, open)
        const { records: made, likes } = await makeMore(walker, sample)
        // Read anew: what one record gathers of others changes with them.
        const records = await readAll(ctx, [...sample, ...made])
        for (const record of records) expectDeadlines(ctx, record)
        seen.ledgers += 1
        seen.rows += sample.length
        seen.records += records.length
        seen['figures that are not 0'] += await expectFigures(ctx, open.template, { records, asked: periods(walk()) })
        seen.orders += await expectOrders(ctx, open, records)
        await expectSent(ctx, { open, sample, records, likes })
        await expectSampling(ctx, open, records)
        const due = records.find((one) => one.dueOn !== undefined)
        if (due !== undefined) await expectOverdueAtSecond(ctx, due)
        expect(await walkMoves(walker, records), 'moves that nobody can do').toEqual([])
        seen.moves += open.template.moves?.length ?? 0
        await expectNextVersion(ctx, walk().deps, { open, records })
      })
      await rolledBack(walk().officer(), async (ctx) => {
        const [like] = sample
        if (like !== undefined) seen['older versions'] += await expectShippedVersions(await walkerOf(ctx, open), enteredOf(open, like))
      })
      await expectScope(open, sample)
    },
    120_000,
  )
})

async function walkerOf(ctx: Inside, open: OpenTemplate): Promise<Walker> {
  const { deps, linksOf } = walk()
  const chance = makeChance(seed ^ createHash('sha256').update(open.template.key).digest().readInt32BE())
  return { ctx, deps, open, chance, linksOf: await linksOf(open.template.key), look: expectDeadlines, walk: walk(), step }
}

async function readAll(ctx: Inside, records: readonly RecordRecord[]): Promise<RecordRecord[]> {
  const read: RecordRecord[] = []
  for (const { recordId, template } of records) read.push(await readRecord(ctx, { templateKey: template.key, recordId }))
  return read
}

/** More records by chance, near those of the sample, moved by chance: so that figures and orders have something to count. */
async function makeMore(walker: Walker, sample: readonly RecordRecord[]): Promise<{ records: RecordRecord[]; likes: Values[] }> {
  const { ctx, open, deps } = walker
  const templateKey = open.template.key
  const records: RecordRecord[] = []
  const likes: Values[] = []
  for (let count = 0; count < more; count += 1) {
    const like = sample[count % Math.max(sample.length, 1)]
    const values = like === undefined ? undefined : someRecord(open, enteredOf(open, like), walker)
    if (values === undefined) continue
    const made = await makeRecord(ctx, deps, { templateKey, values }).catch((fault: { code?: string }) => {
      // What is brought from other records and tables is not known before it is tried.
      if (fault.code !== 'ledgers.refused' && fault.code !== 'ledgers.not-unique') throw fault
    })
    if (made === undefined) continue
    likes.push(values)
    records.push(await moveByChance(walker, await readRecord(ctx, { templateKey, recordId: made.recordId }), 3))
  }
  const isEverOne = records.length === 0 && (open.template.unique ?? []).length > 0
  expect(records.length > 0 || isEverOne, `${templateKey}: chance made no record`).toBe(true)
  return { records, likes }
}

const periods = ({ county }: WalkWorld) =>
  [
    { period: '2023', from: '2023-01-01', to: '2023-12-18', area: county.countyPath },
    { period: '2023-11', from: '2023-11-01', to: '2023-11-30', area: county.townships[0]?.path ?? '' },
    { period: '2023-12', from: '2023-12-01', to: '2023-12-18', area: county.townships[1]?.path ?? '' },
  ] as const

async function expectSent(
  ctx: Inside,
  given: { open: OpenTemplate; sample: readonly RecordRecord[]; records: readonly RecordRecord[]; likes: readonly Values[] },
): Promise<void> {
  const { open, records, likes } = given
  const secret = open.template.fields.filter((field) => field.sensitive === true)
  const header = sampleOf(open.template.key).rows[0] ?? []
  const inSample = sampleOf(open.template.key)
    .rows.slice(1)
    .flatMap((row) => row.filter((_, at) => secret.some((field) => [field.name.zh, ...(field.headers ?? [])].includes(header[at] ?? ''))))
  const made = likes.flatMap((values) => secret.map((field) => values[field.key]))
  const secrets = [...inSample, ...made].filter((text): text is string => typeof text === 'string' && text.length >= 4)
  const { deps } = walk()
  await expectExport(ctx, deps, { open, records, secrets })
  const record = records.at(-1)
  if (record !== undefined) await expectPrints(ctx, deps, { open, record, secrets, pdf: isFull || walked[0] === open })
}

/** What is drawn are the smallest of `sha256(seed / number)`, as whoever has list and seed can find out. */
async function expectSampling(ctx: Inside, { template }: OpenTemplate, records: readonly RecordRecord[]): Promise<void> {
  const { sampling, key: templateKey } = template
  const all = records.filter((one) => one.state === sampling?.state)
  if (sampling === undefined || all.length === 0) return
  const sample = await drawSample(ctx, { templateKey, seed: '公开种子2023' })
  const rank = (one: RecordRecord) =>
    createHash('sha256')
      .update(`公开种子2023/${one.recordNo ?? one.recordId}`)
      .digest('hex')
  const wanted = Math.max(sampling.atLeast, Math.ceil((all.length * sampling.percent) / 100))
  const drawnHere = all.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)).slice(0, wanted)
  expect([sample.of, sample.drawn.map((one) => one.recordId)], templateKey).toEqual([all.length, drawnHere.map((one) => one.recordId)])
}

/** Another village sees nothing; whoever the ledger does not name learns no more than of one that is nowhere, of a closed one how many there are. */
async function expectScope({ template }: OpenTemplate, sample: readonly RecordRecord[]): Promise<void> {
  const { officer, elsewhere } = walk()
  const { key: templateKey, access } = template
  const roles = [...access.read, ...access.write]
  const far = elsewhere(undefined, roles)
  expect((await searchRecords(far, { templateKey, fields: [], limit: 5 })).items, templateKey).toEqual([])
  const [first] = sample
  if (first === undefined) throw new Error(`${templateKey} has no good row`)
  await expect(readRecord(far, { templateKey, recordId: first.recordId })).rejects.toMatchObject({ code: 'http.not-found' })
  const stranger = ['helper', 'supervisor', 'county-leader', 'village-cadre'].find((role) => !roles.includes(role))
  if (stranger === undefined) return
  const other = officer('test:stranger', [stranger])
  await expect(searchRecords(other, { templateKey, fields: [], limit: 5 })).rejects.toMatchObject({ code: 'ledgers.template-unknown' })
  if (access.closed !== true) return
  await expectNumberWithoutRows(other as Inside, template)
  for (const field of template.fields) {
    const value = first.values[field.key]
    if (
      !['household', 'person', 'organisation', 'area'].includes(field.kind) ||
      typeof value !== 'object' ||
      value === null ||
      !('id' in value)
    )
      continue
    // Safe: one of the four kinds.
    const kind = field.kind as 'household' | 'person' | 'organisation' | 'area'
    const book = (await linkedRecords(other, { kind, target: value.id, limit: 5 })).items.find((one) => one.templateKey === templateKey)
    expect([book?.isClosed, (book?.count ?? 0) > 0, book?.items], `${templateKey} ${field.key}`).toEqual([true, true, []])
  }
}
