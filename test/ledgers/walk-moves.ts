import { Readable } from 'node:stream'
import { crc32, deflateSync } from 'node:zlib'
import { expect } from 'vitest'
import { isFiles } from '../../src/modules/ledgers/rules/field-kinds.ts'
import type { RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { Move, Template } from '../../src/modules/ledgers/rules/template.ts'
import { moveRecord } from '../../src/modules/ledgers/server/move-record.ts'
import { readRecord } from '../../src/modules/ledgers/server/read-records.ts'
import { attachFile } from '../../src/modules/ledgers/server/record-files.ts'
import { rolledBack } from '../database.ts'
import { pick } from '../chance.ts'
import type { Inside, Refused, Step, Walker } from './walker.ts'
import { goBefore } from './ways.ts'
import { fillMove, type Values } from './some-values.ts'

let people = 0
/** Somebody who has done nothing yet. */
const somebody = (ctx: Inside, roles: readonly string[]): Inside => {
  people += 1
  return { ...ctx, caller: { ...ctx.caller, id: `test:somebody${people}`, name: `某人${people}`, roles: [...roles] } }
}

const refusalOf = async (work: Promise<unknown>): Promise<Refused> =>
  work.then(
    () => ({ code: 'done', problems: [] }),
    (fault: { code?: string; message?: string; details?: { problems?: { code: string; field?: string; said: { zh: string } }[] } }) => ({
      code: fault.code ?? fault.message ?? '',
      problems: (fault.details?.problems ?? []).map((one) => `${one.code} ${one.field ?? ''} ${one.said.zh}`),
    }),
  )

/** A PNG of one pixel; each number is another picture. */
export function picture(number: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  const pixel = deflateSync(Buffer.from([0, number & 255, (number >> 8) & 255, 80]))
  const parts = [chunk('IHDR', head), chunk('IDAT', pixel), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

const filesOf = ({ open }: Walker, record: RecordRecord): number =>
  open.template.fields.filter((field) => isFiles(field.kind)).reduce((sum, field) => sum + listOf(record.values[field.key]).length, 0)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Attaches what a move wants to see. */
async function attach(walker: Walker, record: RecordRecord, move: Move): Promise<RecordRecord> {
  const { ctx, deps, open } = walker
  const of = { templateKey: open.template.key, recordId: record.recordId }
  const fields = open.template.fields.filter((field) => isFiles(field.kind))
  const wanted = (move.needs ?? []).filter((key) => fields.some((field) => field.key === key) && listOf(record.values[key]).length === 0)
  const any = fields.find((field) => field.kind === 'photo') ?? fields[0]
  for (let more = (move.evidence ?? 0) - filesOf(walker, record) - wanted.length; more > 0 && any !== undefined; more -= 1)
    wanted.push(any.key)
  if (wanted.length === 0) return record
  const clerk = somebody(ctx, open.template.access.write)
  for (const fieldKey of wanted) {
    people += 1
    await attachFile(clerk, deps, { ...of, fieldKey, stream: Readable.from([picture(people)]) })
  }
  return readRecord(ctx, of)
}

/** Does a move as somebody who may; undefined where chance finds nothing to fill in. */
export async function step(walker: Walker, given: RecordRecord, move: Move): Promise<Step | undefined> {
  const { ctx, deps, open } = walker
  const record = await goBefore(walker, given, move.key)
  // Safe: read from the record; fields that were not filled are not in it.
  const values = fillMove(open, { ...walker, values: record.values as Values, state: record.state, move })
  if (values === undefined) return undefined
  const ready = await attach(walker, record, move)
  const of = { templateKey: open.template.key, recordId: record.recordId }
  const asked = { ...of, revision: ready.revision, move: move.key, values, ...(move.reason === true ? { reason: '按程序办理' } : {}) }
  const refused = await refusalOf(moveRecord(somebody(ctx, [pick(walker.chance, move.by)]), deps, asked))
  if (refused.code !== 'done') return { record: ready, refused }
  const moved = await readRecord(ctx, of)
  expect(moved.state, `${of.templateKey} ${move.key}`).toBe(move.into)
  walker.look(ctx, moved)
  return { record: moved }
}

/** Moves a record a few times by chance. */
export async function moveByChance(walker: Walker, record: RecordRecord, most: number): Promise<RecordRecord> {
  let at = record
  for (let count = 0; count < most; count += 1) {
    const moves = (walker.open.template.moves ?? []).filter((move) => move.from.includes(at.state))
    if (moves.length === 0) return at
    at = (await step(walker, at, pick(walker.chance, moves)))?.record ?? at
  }
  return at
}

/** Ways from a state to where a move begins, the shortest first. */
function waysTo(template: Template, from: string, move: Move): Move[][] {
  const ways: Move[][] = []
  const go = (state: string, way: readonly Move[], seen: readonly string[]): void => {
    if (move.from.includes(state)) ways.push([...way])
    if (way.length >= 6) return
    for (const next of template.moves ?? [])
      if (next.from.includes(state) && !seen.includes(next.into)) go(next.into, [...way, next], [...seen, next.into])
  }
  go(from, [], [from])
  return ways.sort((one, other) => one.length - other.length).slice(0, 12)
}

/** Walks along every move: refusals first, each for its reason, then the move itself. Returns the moves that no way was found to, with why. */
export async function walkMoves(walker: Walker, records: readonly RecordRecord[]): Promise<string[]> {
  const left: string[] = []
  for (const move of walker.open.template.moves ?? []) {
    const tried: string[] = []
    const isDone = await tryMove(walker, { records, move, tried })
    if (!isDone) left.push(`${walker.open.template.key} ${move.key}: ${[...new Set(tried)].join(' | ')}`)
  }
  return left
}

async function tryMove(walker: Walker, given: { records: readonly RecordRecord[]; move: Move; tried: string[] }): Promise<boolean> {
  const { records, move, tried } = given
  for (const record of records)
    for (const way of waysTo(walker.open.template, record.state, move)) {
      let isDone = false
      await rolledBack(walker.ctx, async (ctx) => {
        const inner = { ...walker, ctx }
        let at = record
        for (const next of way) {
          const done = await step(inner, at, next)
          if (done === undefined || done.refused !== undefined) {
            tried.push(`${next.key}: ${done?.refused?.problems.join('; ') ?? 'nothing to fill in'}`)
            return
          }
          at = done.record
        }
        isDone = await refuseAndDo(inner, { record: at, move, tried })
      })
      if (isDone) return true
    }
  return false
}

async function refuseAndDo(walker: Walker, given: { record: RecordRecord; move: Move; tried: string[] }): Promise<boolean> {
  const { ctx, open } = walker
  const { record, move, tried } = given
  await expectRefusals(walker, record, move)
  const done = await step(walker, record, move)
  if (done === undefined || done.refused !== undefined) {
    tried.push(`${move.key}: ${done?.refused?.problems.join('; ') ?? 'nothing to fill in'} ${done?.refused?.code ?? ''}`)
    return false
  }
  if (!move.from.includes(move.into)) {
    const of = { templateKey: open.template.key, recordId: record.recordId, revision: done.record.revision, values: {}, reason: '再办一次' }
    const again = await refusalOf(moveRecord(somebody(ctx, move.by), walker.deps, { ...of, move: move.key }))
    expect(again.problems.join(), `${of.templateKey} ${move.key} again`).toContain('not-from-here')
  }
  return true
}

/** Without role, needs, evidence, reason or a second person a move is refused, and each is said. */
async function expectRefusals(walker: Walker, record: RecordRecord, move: Move): Promise<void> {
  const { ctx, deps, open } = walker
  const { template } = open
  const of = { templateKey: template.key, recordId: record.recordId, revision: record.revision, move: move.key, values: {} }
  const wanted = [
    ...(move.needs ?? [])
      .filter((key) => listOf(record.values[key]).length === 0 && (record.values[key] ?? '') === '')
      .map((key) => `missing ${key}`),
    ...((move.evidence ?? 0) > filesOf(walker, record) ? ['no-evidence'] : []),
    ...(move.reason === true ? ['no-reason'] : []),
    ...(move.byAnother === true ? ['by-another'] : []),
  ]
  if (wanted.length > 0) {
    const maker = { ...ctx, caller: { ...ctx.caller, roles: [...move.by] } }
    const refused = await refusalOf(moveRecord(maker, deps, of))
    for (const one of wanted) expect(`${refused.code} ${refused.problems.join('\n')}`, `${template.key} ${move.key}`).toContain(one)
  }
  const readers = [...template.access.read, ...template.access.write].filter((role) => !move.by.includes(role))
  const strangers = ['helper', 'supervisor', 'county-leader'].filter((role) => !readers.includes(role) && !move.by.includes(role))
  for (const [roles, code] of [
    [readers, 'not-your-move'],
    [strangers, 'ledgers.template-unknown'],
  ] as const) {
    const [role] = roles
    if (role === undefined) continue
    const refused = await refusalOf(moveRecord(somebody(ctx, [role]), deps, { ...of, reason: '按程序办理' }))
    expect(`${refused.code} ${refused.problems.join('\n')}`, `${template.key} ${move.key} by ${role}`).toContain(code)
  }
}
