import { describe, expect, it } from 'vitest'
import type { Field } from '../rules/template.ts'
import { addField, blankDraft, changeField } from './designer-draft.ts'
import { linkingPairs, sayGathers } from './designer-gather-say.ts'
import { partOfProblem } from './designer-problems.tsx'

const field = (key: string, zh: string, kind: Field['kind'], rest: Partial<Field> = {}): Field => ({
  key,
  name: { zh, en: key },
  kind,
  ...rest,
})
const sales = {
  key: 'markets.sale',
  name: { zh: '产销台账', en: 'Sales' },
  fields: [
    field('subject', '经营主体', 'record', { of: 'industry.firm' }),
    field('amount', '销售额', 'money'),
    field('on', '销售日期', 'date'),
    field('reward', '奖补', 'record', { of: 'own.reward' }),
  ],
  states: [{ key: 'kept', name: { zh: '已确认', en: 'confirmed' } }],
}
const reward = {
  key: 'own.reward',
  fields: [
    field('firm', '经营主体', 'record', { of: 'industry.firm' }),
    field('day', '年度', 'date'),
    field('sale', '所奖销售', 'record', { of: 'markets.sale' }),
  ],
}

describe('a gathered value', () => {
  it('reads as an officer says it', () => {
    const gathers = {
      from: 'markets.sale',
      where: [
        { theirs: 'subject', mine: 'firm' },
        { theirs: 'on', mine: 'day', as: 'same-year' as const },
      ],
      states: ['kept'],
      measure: { sum: 'amount' },
    }
    expect(sayGathers(gathers, { from: sales, mine: reward }, 'zh')).toBe(
      '合计：产销台账中同一经营主体、销售日期与年度同一年度、已确认记录的销售额',
    )
    expect(
      sayGathers(
        { ...gathers, where: [{ theirs: 'reward', mine: '$record' }], measure: { count: 'rows' } },
        { from: sales, mine: reward },
        'zh',
      ),
    ).toBe('有多少条：产销台账中奖补是这一条、已确认的记录条数')
  })

  it('is offered the links by which records belong together, this record first', () => {
    expect(linkingPairs(sales, reward)).toEqual([
      { theirs: 'reward', mine: '$record' },
      { theirs: '$record', mine: 'sale' },
      { theirs: 'subject', mine: 'firm' },
    ])
  })

  it('goes when the kind of the field cannot hold it, and is never required', () => {
    const draft = addField(blankDraft({ key: 'own.x', name: '甲', readers: ['county-data-officer'] }), {
      kind: 'number',
      name: '合计',
      required: true,
    })
    const key = draft.fields[1]?.key ?? ''
    const gathers = { from: 'markets.sale', where: [{ theirs: 'reward', mine: '$record' }], measure: { count: 'rows' as const } }
    const gathered = changeField(draft, key, { gathers })
    expect(gathered.fields[1]).toMatchObject({ gathers })
    expect(gathered.fields[1]?.required).toBeUndefined()
    expect(changeField(gathered, key, { kind: 'text' }).fields[1]?.gathers).toBeUndefined()
  })
})

describe('a problem of a draft', () => {
  it.each([
    ['fields.f1.gathers', 'fields'],
    ['moves.m1', 'states'],
    ['checks.c1.holds', 'terms'],
    ['sampling.state', 'terms'],
    ['list.offered.f1', 'list'],
    ['indicators.ledgers.own.x.i1', 'figures'],
    ['access', 'access'],
    ['title', 'fields'],
  ])('at %s is mended in the part %s', (at, part) => {
    expect(partOfProblem({ at, said: { zh: '', en: '' } })).toBe(part)
  })
})
