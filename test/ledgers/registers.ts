import { Readable } from 'node:stream'
import { expect } from 'vitest'
import type { IndicatorFigure } from '../../src/modules/indicators/contract.ts'
import { readIndicators } from '../../src/modules/indicators/server/read-indicators.ts'
import type { FieldValue, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import { applyImport, listImportRows, stageFile } from '../../src/modules/ledgers/server/imports.ts'
import { ledgerIndicators } from '../../src/modules/ledgers/server/ledger-indicators.ts'
import { moveRecord } from '../../src/modules/ledgers/server/move-record.ts'
import { readRecord } from '../../src/modules/ledgers/server/read-records.ts'
import { attachFile } from '../../src/modules/ledgers/server/record-files.ts'
import { shippedTemplates } from '../../src/modules/ledgers/server/shipped-templates.ts'
import { changeRecord, makeRecord } from '../../src/modules/ledgers/server/write-record.ts'
import { registryIndicators } from '../../src/modules/registry/policy/indicators.ts'
import { rolledBack } from '../database.ts'
import { enteredOf, type Values } from './some-values.ts'
import { picture, type Inside } from './walk-moves.ts'
import type { WalkWorld } from './walk-world.ts'

/** The registers of a county as an officer fills them, for the worked examples of the requirement. */
export interface Registers {
  /** Makes a record like the good row of the ledger's sample, but with these values; links by id. */
  make(ledger: string, values: Values): Promise<RecordRecord>
  /** What is said against it: `done`, or the sentences. */
  refusal(ledger: string, values: Values): Promise<string>
  /** Sentences that warn. */
  warnings(record: RecordRecord): string[]
  change(record: RecordRecord, values: Values): Promise<RecordRecord>
  /** A move by somebody who has not touched the record, with evidence where it asks for some. */
  move(record: RecordRecord, move: string, values?: Values): Promise<RecordRecord>
  moveRefusal(record: RecordRecord, move: string, values?: Values): Promise<string>
  read(record: RecordRecord): Promise<RecordRecord>
  /** Takes a list of cells in as a file; every row is good. */
  take(ledger: string, rows: readonly (readonly string[])[]): Promise<void>
  /** The figure as it is computed: its value, or why there is none. */
  figure(key: string, period?: string): Promise<string | null>
  figureWhole(key: string, period?: string): Promise<IndicatorFigure | undefined>
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

/** Opens the registers within a transaction of a county officer. */
export function openRegisters(ctx: Inside, walk: WalkWorld): Registers {
  const { deps } = walk
  const openOf = (ledger: string) => {
    const open = shippedTemplates().get(ledger)?.at(-1)
    if (open === undefined) throw new Error(`no ledger ${ledger}`)
    return open
  }
  const likes = new Map<string, Values>()
  /** What the good row of the sample says; the row itself is not in the register. */
  const likeOf = async (ledger: string): Promise<Values> => {
    const known = likes.get(ledger)
    if (known !== undefined) return known
    let like: Values = {}
    await rolledBack(ctx, async (inner) => {
      const open = openOf(ledger)
      const [record] = (await walk.importedWithin(inner, ledger)).records
      if (record !== undefined)
        like = Object.fromEntries(Object.entries(enteredOf(open, record)).filter(([key]) => open.fields.get(key)?.kind !== 'record'))
    })
    likes.set(ledger, like)
    return like
  }
  const valuesOf = async (ledger: string, values: Values): Promise<Values> =>
    Object.fromEntries(Object.entries({ ...(await likeOf(ledger)), ...values }).filter(([, value]) => value !== null))
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
      const { recordId } = await makeRecord(ctx, deps, { templateKey: ledger, values: await valuesOf(ledger, values) })
      return readRecord(ctx, { templateKey: ledger, recordId })
    },
    refusal: async (ledger, values) =>
      whetherRefused(makeRecord(ctx, deps, { templateKey: ledger, values: await valuesOf(ledger, values) })),
    warnings: (record) => record.warnings.filter((one) => one.level === 'warn').map((one) => one.said.zh),
    change: async (record, values) => {
      const { revision, recordId, template } = await read(record)
      await changeRecord(ctx, deps, { templateKey: template.key, recordId, revision, values })
      return read(record)
    },
    move: moved,
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
    figureWhole,
  }
}

/** A link of a value. */
export const link = (one: { recordId: string; title: string } | { id: string; name: string }): FieldValue =>
  'recordId' in one ? { id: one.recordId, name: one.title } : one
