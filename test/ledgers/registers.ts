import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { instantOf } from '../../src/kernel/pure/time/index.ts'
import type { IndicatorFigure } from '../../src/modules/indicators/contract.ts'
import { readIndicator, readIndicators } from '../../src/modules/indicators/server/read-indicators.ts'
import { readValue } from '../../src/modules/ledgers/rules/read-value.ts'
import type { FieldValue, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { Template } from '../../src/modules/ledgers/rules/template.ts'
import { applyImport, listImportRows, stageFile } from '../../src/modules/ledgers/server/imports.ts'
import { ledgerIndicators } from '../../src/modules/ledgers/server/ledger-indicators.ts'
import { moveRecord } from '../../src/modules/ledgers/server/move-record.ts'
import { readRecord } from '../../src/modules/ledgers/server/read-records.ts'
import { attachFile } from '../../src/modules/ledgers/server/record-files.ts'
import { shippedTemplates } from '../../src/modules/ledgers/server/shipped-templates.ts'
import { changeRecord, makeRecord } from '../../src/modules/ledgers/server/write-record.ts'
import { registryIndicators } from '../../src/modules/registry/policy/indicators.ts'
import { rolledBack } from '../database.ts'
import { sampleOf } from './sample-import.ts'
import type { Values } from './some-values.ts'
import { picture } from './walk-moves.ts'
import type { Inside } from './walker.ts'
import type { WalkWorld } from './walk-world.ts'

/** The registers of a county as an officer fills them, for the worked examples of the requirement. */
export interface Registers {
  /** Makes a record like the good row of the ledger's sample, but with these values; links by id. */
  readonly make: (ledger: string, values: Values) => Promise<RecordRecord>
  /** What is said against it: `done`, or the sentences. */
  readonly refusal: (ledger: string, values: Values) => Promise<string>
  /** Sentences that warn. */
  readonly warnings: (record: RecordRecord) => string[]
  readonly change: (record: RecordRecord, values: Values) => Promise<RecordRecord>
  /** A move by somebody who has not touched the record, with evidence where it asks for some. */
  readonly move: (record: RecordRecord, move: string, values?: Values) => Promise<RecordRecord>
  readonly moveRefusal: (record: RecordRecord, move: string, values?: Values) => Promise<string>
  readonly read: (record: RecordRecord) => Promise<RecordRecord>
  /** Takes a list of cells in as a file; every row is good. */
  readonly take: (ledger: string, rows: readonly (readonly string[])[]) => Promise<void>
  /** The figure as it is computed: its value, or why there is none. */
  readonly figure: (key: string, period?: string) => Promise<string | null>
  /** The figure by a dimension: group → value. */
  readonly groups: (key: string, by: 'by:main') => Promise<Record<string, string | null>>
  readonly figureWhole: (key: string, period?: string) => Promise<IndicatorFigure | undefined>
}

let people = 0
const somebody = (ctx: Inside): Inside => {
  people += 1
  return { ...ctx, caller: { ...ctx.caller, id: `test:register${people}`, name: `经办人${people}` } }
}
interface Fault {
  code?: string
  message?: string
  details?: { problems?: { said: { zh: string } }[]; names?: string }
}
const sentences = (fault: Fault): string =>
  [fault.code ?? fault.message ?? '', ...(fault.details?.problems ?? []).map((one) => one.said.zh), fault.details?.names ?? '']
    .join(' ')
    .trim()
const whetherRefused = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', sentences)

/** Says what was refused instead of the code alone. */
const sayingWhy = <Answer>(work: Promise<Answer>): Promise<Answer> =>
  work.catch((fault: Fault) => {
    throw new Error(sentences(fault), { cause: fault })
  })

/** What the first good row of a ledger's sample says; links to records of other ledgers are for the test to make. */
function likeSample(template: Template, { pool }: WalkWorld): Values {
  const { rows, bad } = sampleOf(template.key)
  const [header = []] = rows
  const good = rows.find((_, at) => at > 0 && bad[String(at + 1)] === undefined) ?? []
  return Object.fromEntries(
    header.flatMap((label, at) => {
      const field = template.fields.find((one) =>
        [one.name.zh, `${one.name.zh}（${one.unit ?? '元'}）`, ...(one.headers ?? [])].includes(label),
      )
      const cell = (good[at] ?? '').replace('{今天}', '2023-12-18')
      if (field === undefined || field.kind === 'record' || cell === '') return []
      if (field.kind === 'household' || field.kind === 'person' || field.kind === 'organisation' || field.kind === 'area') {
        const fits = pool[field.kind].find((one) => field.kind !== 'area' || one.kind === (field.level ?? 'village'))
        return fits === undefined ? [] : [[field.key, { id: fits.id, name: '' }]]
      }
      const read = readValue(field, cell)
      return 'value' in read ? [[field.key, read.value]] : []
    }),
  )
}

/** Opens the registers within a transaction of a county officer. */
export function openRegisters(ctx: Inside, walk: WalkWorld): Registers {
  const { deps } = walk
  const openOf = (ledger: string) => {
    const open = shippedTemplates().get(ledger)?.at(-1)
    if (open === undefined) throw new Error(`no ledger ${ledger}`)
    return open
  }
  const likeOf = (ledger: string): Values => likeSample(openOf(ledger).template, walk)
  const valuesOf = (ledger: string, values: Values): Values =>
    Object.fromEntries(Object.entries({ ...likeOf(ledger), ...values }).filter(([, value]) => value !== null))
  const read = (record: Pick<RecordRecord, 'recordId' | 'template'>) =>
    readRecord(ctx, { templateKey: record.template.key, recordId: record.recordId })
  const prepared = async (record: RecordRecord, key: string): Promise<RecordRecord> => {
    const { template, recordId } = record
    const move = template.moves?.find((one) => one.key === key)
    const fields = template.fields.filter((field) => ['photo', 'file', 'signature'].includes(field.kind))
    const missing = (move?.needs ?? []).filter((need) => fields.some((field) => field.key === need) && record.values[need] === undefined)
    const [first] = fields
    const wanted =
      first === undefined ? [] : [...missing, ...Array.from({ length: (move?.evidence ?? 0) - missing.length }, () => first.key)]
    for (const fieldKey of wanted) {
      people += 1
      await attachFile(somebody(ctx), deps, { templateKey: template.key, recordId, fieldKey, stream: Readable.from([picture(people)]) })
    }
    return read(record)
  }
  const moved = async (record: RecordRecord, move: string, values: Values = {}) => {
    const ready = await prepared(record, move)
    const of = { templateKey: record.template.key, recordId: record.recordId, revision: ready.revision }
    await moveRecord(somebody(ctx), deps, { ...of, move, values, reason: '按程序办理' })
    return read(record)
  }
  const figureWhole = async (key: string, period = '2023') =>
    (await readIndicators(ctx, [ledgerIndicators, () => Promise.resolve(registryIndicators)], { keys: key, period })).indicators[0]
  return {
    make: async (ledger, values) => {
      const { recordId } = await sayingWhy(makeRecord(ctx, deps, { templateKey: ledger, values: valuesOf(ledger, values) }))
      return readRecord(ctx, { templateKey: ledger, recordId })
    },
    refusal: async (ledger, values) => whetherRefused(makeRecord(ctx, deps, { templateKey: ledger, values: valuesOf(ledger, values) })),
    warnings: (record) => record.warnings.filter((one) => one.level === 'warn').map((one) => one.said.zh),
    change: async (record, values) => {
      const { revision, recordId, template } = await read(record)
      await changeRecord(ctx, deps, { templateKey: template.key, recordId, revision, values })
      return read(record)
    },
    move: (record, move, values) => sayingWhy(moved(record, move, values)),
    moveRefusal: (record, move, values) => whetherRefused(moved(record, move, values)),
    read,
    take: async (ledger, rows) => {
      const stream = Readable.from([Buffer.from(rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n'))])
      const dry = await stageFile(ctx, deps, { templateKey: ledger, fileName: `${ledger}.csv`, stream })
      const bad =
        dry.counts.bad === 0
          ? []
          : (await listImportRows(ctx, { templateKey: ledger, importId: dry.importId, outcome: 'bad', limit: 3 })).items
      expect(bad.map((row) => `${row.row} ${row.problems.map((one) => one.said.zh).join()}`)).toEqual([])
      expect(dry.counts.new).toBe(rows.length - 1)
      await applyImport(ctx, deps, { templateKey: ledger, importId: dry.importId })
    },
    figure: async (key, period) => {
      const one = await figureWhole(key, period)
      return one?.value ?? one?.why ?? null
    },
    groups: async (key, by) => {
      const { groups } = await readIndicator(ctx, [ledgerIndicators], { key, by })
      return Object.fromEntries((groups ?? []).map((one) => [one.group, one.value]))
    },
    figureWhole,
  }
}

/** A link of a value. */
export const link = (one: { recordId: string; title: string } | { id: string; name: string }): FieldValue =>
  'recordId' in one ? { id: one.recordId, name: one.title } : one

/** Fills the registers of a county, today or on another day, and takes everything back. */
export const inRegistersOf =
  (walk: () => WalkWorld) =>
  (work: (registers: Registers, ctx: Inside) => Promise<void>, today?: string): Promise<void> =>
    rolledBack(walk().officer(), async (ctx) => {
      // Safe: a day written in a test.
      const at = today === undefined ? ctx : { ...ctx, now: instantOf(Date.parse(`${today}T01:00:00Z`)), today: today as Inside['today'] }
      await work(openRegisters(at, walk()), at)
    })
