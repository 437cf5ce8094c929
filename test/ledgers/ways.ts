import { expect } from 'vitest'
import type { FieldValue, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import { shippedTemplates } from '../../src/modules/ledgers/server/shipped-templates.ts'
import { readRecord } from '../../src/modules/ledgers/server/read-records.ts'
import { changeRecord, makeRecord } from '../../src/modules/ledgers/server/write-record.ts'
import { enteredOf, someValue, type Values } from './some-values.ts'
import type { Walker } from './walker.ts'

/**
 * A record of another ledger that stands before a move can be done, and how far it has got; of the same ledger: what the record itself says by then.
 * `$this` is the record that moves, `$x` what its field x says.
 */
interface First {
  readonly ledger: string
  readonly values: Values
  readonly moves: readonly string[]
}

const step = (key: string, on: string) => ({
  step: key,
  on,
  chair: '村书记',
  invited: '60',
  present: '50',
  yes: '48',
  result: 'passed',
  minutes: on,
})
const notice = (what: string, from: string, until: string) => ({ what, from, until, place: '村务公开栏', objections: '0' })
const resolved: First = {
  ledger: 'funds.deliberation',
  values: {
    project: '$this',
    steps: [step('propose', '2023-10-01'), step('discuss', '2023-10-03'), step('members', '2023-10-05'), step('resolve', '2023-10-08')],
    shown: [notice('resolution', '2023-10-09', '2023-10-16'), notice('result', '2023-10-20', '2023-10-30')],
  },
  moves: ['submit', 'confirm'],
}
const sold: First = {
  ledger: 'markets.sale',
  values: {
    firm: '$firm',
    'sold-on': '$as-of',
    primary: true,
    'by-order': true,
    channel: 'agent',
    stage: 'cash',
    'household-type': 'exited',
    quantity: null,
    price: '10',
    'producer-price': '10',
    amount: '2000000',
  },
  moves: ['settle'],
}
const ways: Readonly<Record<string, readonly First[]>> = {
  'funds.project enter': [resolved],
  'markets.sales-reward verify': [sold],
  'industry.courtyard award': [
    {
      ledger: 'industry.award',
      values: {
        courtyard: '$this',
        household: '$household',
        programme: 'courtyard',
        scale: '1',
        standard: '1000',
        cap: '5000',
        paid: '1000',
        'paid-on': null,
      },
      moves: ['check', 'show', 'approve'],
    },
  ],
  'employment.return-drive finish': [
    { ledger: 'employment.return', values: { drive: '$this', 'returned-on': '$starts-on' }, moves: ['return'] },
  ],
  'environment.book-campaign finish': [
    { ledger: 'environment.book-campaign', values: { houses: '1' }, moves: [] },
    {
      ledger: 'environment.books',
      values: { 'campaign-record': '$this', 'delivered-on': '$starts-on' },
      moves: ['deliver', 'confirm'],
    },
  ],
  'funds.fund spend': [{ ledger: 'funds.payment', values: { fund: '$this', amount: '$amount', labour: '1' }, moves: ['check', 'approve'] }],
  'funds.allocation finish': [
    {
      ledger: 'funds.payment',
      values: { allocation: '$this', fund: '$fund', amount: '$amount', labour: '1' },
      moves: ['check', 'approve'],
    },
  ],
  'funds.loan repay': [{ ledger: 'funds.repayment', values: { loan: '$this', principal: '$principal' }, moves: ['confirm'] }],
  'funds.dividend decide': [
    { ledger: 'funds.collective-income', values: { area: '$area', year: '$year', amount: '900000', cost: '0' }, moves: ['confirm'] },
  ],
  'funds.dividend finish': [{ ledger: 'funds.dividend-payment', values: { plan: '$this', amount: '$total' }, moves: ['pay'] }],
}

/** Ledgers whose records stand before moves of a ledger; their samples are imported before anything is held. */
export function feedersOf(templateKey: string): string[] {
  return Object.entries(ways)
    .filter(([way]) => way.startsWith(`${templateKey} `))
    .flatMap(([, firsts]) => firsts.map((one) => one.ledger))
}

/** Makes what must stand in other ledgers before a move; answers with the record as it is then. */
export async function goBefore(walker: Walker, record: RecordRecord, move: string): Promise<RecordRecord> {
  const firsts = ways[`${record.template.key} ${move}`] ?? []
  for (const first of firsts) await makeFirst(walker, record, first)
  const of = { templateKey: record.template.key, recordId: record.recordId }
  return firsts.length === 0 ? record : readRecord(walker.ctx, of)
}

async function makeFirst(walker: Walker, record: RecordRecord, first: First): Promise<void> {
  const { ctx, deps, walk } = walker
  if (first.ledger === record.template.key) {
    const { recordId, revision } = record
    await changeRecord(ctx, deps, { templateKey: first.ledger, recordId, revision, values: first.values })
    return
  }
  const open = shippedTemplates().get(first.ledger)?.at(-1)
  const like = (await walk.imported(first.ledger)).records[0]
  if (open === undefined || like === undefined) throw new Error(`${first.ledger} has no good row`)
  const linksOf = await walk.linksOf(first.ledger)
  const once = (open.template.unique ?? []).flat().flatMap((key) => open.fields.get(key) ?? [])
  const values = {
    ...enteredOf(open, like),
    ...Object.fromEntries(once.map((field) => [field.key, someValue(field, walker.chance, linksOf) ?? null])),
    ...Object.fromEntries(Object.entries(first.values).map(([key, value]) => [key, filled(record, value)])),
  }
  const made = await makeRecord(ctx, deps, { templateKey: first.ledger, values }).catch(
    (fault: { code?: string; details?: { recordId?: string } }) => {
      // It stands already, as the sample has it or where the move was tried before.
      if (fault.code !== 'ledgers.not-unique' || fault.details?.recordId === undefined) throw fault
      return { recordId: fault.details.recordId, isOld: true }
    },
  )
  const { recordId } = made
  if ('isOld' in made) {
    const { revision, state } = await readRecord(ctx, { templateKey: first.ledger, recordId })
    if (state !== open.template.states[0]?.key) return
    await changeRecord(ctx, deps, { templateKey: first.ledger, recordId, revision, values })
  }
  let at = await readRecord(ctx, { templateKey: first.ledger, recordId })
  const inner = { ...walker, open, linksOf }
  for (const key of first.moves) {
    const move = open.moves.get(key)?.move
    const done = move === undefined ? undefined : await walker.step(inner, at, move)
    expect(done?.refused === undefined ? done?.record.state : JSON.stringify(done.refused), `${first.ledger} ${key}`).toBe(move?.into)
    at = done?.record ?? at
  }
}

function filled(record: RecordRecord, value: FieldValue): FieldValue {
  if (value === '$this') return { id: record.recordId, name: record.title }
  return typeof value === 'string' && value.startsWith('$') ? (record.values[value.slice(1)] ?? null) : value
}
