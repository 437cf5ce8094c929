import { readFileSync } from 'node:fs'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { DemoWords, drawValues, saidByField } from '../rules/draw-values.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { Field } from '../rules/template.ts'
import { moveRecord } from './move-record.ts'
import { shippedTemplates } from './shipped-templates.ts'
import type { LedgerDeps } from './work-out.ts'
import { makeRecord } from './write-record.ts'

/** What invented records are about and who writes them. */
export interface DemoRecords {
  /** Records a ledger, at most. */
  readonly most: number
  /** A number in [0, 1), repeatable. */
  readonly chance: () => number
  /** Where places of the county lie, in degrees. */
  readonly centre: { readonly longitude: number; readonly latitude: number }
  /** Something to link a field to: a household, person, organisation or area of the county. */
  readonly link: (field: Field) => { readonly id: string } | undefined
  /** Who enters them, and who moves what another must move. */
  readonly writers: readonly [Context, Context]
}

/** Ledgers that wait for records of others come after these. */
function inOrder(all: readonly OpenTemplate[]): OpenTemplate[] {
  const needs = ({ template }: OpenTemplate) =>
    template.fields.flatMap((field) => (field.kind === 'record' && field.of !== undefined && field.of !== template.key ? [field.of] : []))
  const sorted: OpenTemplate[] = []
  let left = [...all]
  while (left.length > 0) {
    const ready = left.filter((one) => needs(one).every((key) => !left.some((other) => other.template.key === key)))
    const next = ready.length === 0 ? left : ready
    sorted.push(...next)
    left = left.filter((one) => !next.includes(one))
  }
  return sorted
}

/** The good row that lies beside a shipped template, by field key; empty where none lies there. */
function saidOf(open: OpenTemplate): Record<string, string> {
  const [pack, name] = open.template.key.split('.')
  try {
    const file = new URL(`../policy/samples/${pack}/${name}.json`, import.meta.url)
    // Safe: shipped beside the template; a test reads all of them.
    const { rows, bad } = JSON.parse(readFileSync(file, 'utf8')) as { rows: string[][]; bad: Record<string, string[]> }
    const good = rows.findIndex((_, at) => at > 0 && bad[String(at + 1)] === undefined)
    return good < 0 ? {} : saidByField(open, rows[0] ?? [], rows[good] ?? [])
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return {}
    throw fault
  }
}

/**
 * Fills the shipped ledgers of a demonstration county with invented records, written and moved through the doors that people use; what a check refuses is
 * drawn again, at last as the sample beside the template says it. Returns how many were made, by ledger.
 */
export async function makeDemoRecords(deps: LedgerDeps, given: DemoRecords): Promise<Record<string, number>> {
  const words = DemoWords.parse(JSON.parse(readFileSync(new URL('../policy/demo-words.json', import.meta.url), 'utf8')))
  const made: Record<string, string[]> = {}
  const newest = [...shippedTemplates().values()].flatMap((versions) => versions.slice(-1))
  for (const open of inOrder(newest)) {
    const { key } = open.template
    const said = saidOf(open)
    const link = (field: Field) => (field.kind === 'record' ? pickOf(made[field.of ?? ''], given.chance) : given.link(field))
    const ids: string[] = []
    for (let at = 0; at < given.most; at += 1) {
      const recordId = await makeOne(deps, { ...given, open, said, link, words })
      if (recordId !== undefined) ids.push(recordId)
    }
    made[key] = ids
  }
  return Object.fromEntries(Object.entries(made).map(([key, ids]) => [key, ids.length]))
}

function pickOf(ids: readonly string[] | undefined, chance: () => number): { id: string } | undefined {
  const id = ids?.[Math.floor(chance() * ids.length)]
  return id === undefined ? undefined : { id }
}

type OneRecord = DemoRecords & { readonly open: OpenTemplate; readonly said: Record<string, string>; readonly words: DemoWords }

async function makeOne(deps: LedgerDeps, given: OneRecord): Promise<string | undefined> {
  const { open, chance, writers } = given
  const templateKey = open.template.key
  for (const isPlain of [false, false, true]) {
    const values = drawValues(open, {
      chance,
      today: writers[0].today,
      said: given.said,
      words: given.words,
      centre: given.centre,
      link: given.link,
      isPlain,
    })
    const recordId = await unlessRefused(async () => (await makeRecord(writers[0], deps, { templateKey, values })).recordId)
    if (recordId === undefined) continue
    await moveAlong(deps, { ...given, recordId })
    return recordId
  }
  return undefined
}

/** Some moves forward, as far as chance and the template let it. */
async function moveAlong(deps: LedgerDeps, given: OneRecord & { recordId: string }): Promise<void> {
  const { open, chance, writers, recordId } = given
  const templateKey = open.template.key
  let state = open.template.states[0]?.key
  for (let step = 0, revision = 1; step < 4 && chance() < 0.7; step += 1) {
    const [move] = (open.template.moves ?? []).filter((one) => state !== undefined && one.from.includes(state))
    if (move === undefined) return
    const writer = writers[(step + 1) % 2] ?? writers[1]
    const asked = { templateKey, recordId, move: move.key, revision, values: {}, reason: '按程序办理' }
    const moved = await unlessRefused(() => moveRecord(writer, deps, asked))
    if (moved === undefined) return
    revision = moved.revision
    state = move.into
  }
}

async function unlessRefused<Answer>(act: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await act()
  } catch (fault) {
    if (isNamedError(fault) && fault.code.startsWith('ledgers.')) return undefined
    throw fault
  }
}
