import { describe, expect, it } from 'vitest'
import { addDays, dayOf } from '#kernel/pure/time/index.ts'
import { assignKeys } from './assign-keys.ts'
import { drawValues, saidByField } from './draw-values.ts'
import { openTemplate } from './open-template.ts'
import { Template } from './template.ts'

const words = (zh: string) => ({ zh, en: zh })
const template = Template.parse({
  key: 'own.sale',
  name: words('销售'),
  about: 'household',
  title: 'product',
  fields: [
    { key: 'household', name: words('农户'), kind: 'household', required: true },
    { key: 'product', name: words('产品'), kind: 'text', required: true },
    { key: 'amount', name: words('金额'), kind: 'money', min: '1', max: '500', headers: ['销售额'] },
    { key: 'twice', name: words('两倍'), kind: 'money', computed: '金额 * 2' },
    { key: 'sold-on', name: words('日期'), kind: 'date', required: true },
    { key: 'paid-on', name: words('付款日期'), kind: 'date', required: true },
    { key: 'receipt', name: words('收据'), kind: 'photo' },
  ],
  states: [{ key: 'made', name: words('已登记') }],
  list: { columns: ['product'], offered: [] },
  print: { title: words('销售'), sheet: ['product'], list: ['product'] },
  access: { read: ['county-leader'], write: ['county-leader'] },
})
const open = openTemplate(template, 1, assignKeys(template, []).keys)
const said = saidByField(open, ['农户', '产品', '销售额'], ['{户编号}', '鸡蛋', '120'])
const today = addDays(dayOf(0), 20_574)
const centre = { longitude: 110, latitude: 27 }
const household = { id: '01890000-0000-7000-8000-000000000001' }

describe('invented records', () => {
  it('hold entered fields only, days in order, numbers within their bounds, links that are there', () => {
    let seed = 7
    const chance = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
    for (let round = 0; round < 50; round += 1) {
      const words = { texts: { 产品: ['蜜橘', '花生'] }, numbers: {} }
      const drawn = drawValues(open, { chance, today, said, words, centre, link: () => household, isPlain: false })
      expect(Object.keys(drawn)).toEqual(['household', 'product', 'amount', 'sold-on', 'paid-on'])
      expect(['蜜橘', '花生']).toContain(drawn['product'])
      expect(Number(drawn['amount'])).toBeGreaterThanOrEqual(72)
      expect(Number(drawn['amount'])).toBeLessThanOrEqual(168)
      expect([String(drawn['sold-on']) <= String(drawn['paid-on']), String(drawn['paid-on']) <= today]).toEqual([true, true])
    }
  })

  it('say what the known row says when nothing may vary', () => {
    const from = { chance: () => 0.5, today, said, words: { texts: {}, numbers: {} }, centre, link: () => undefined, isPlain: true }
    expect(drawValues(open, from)).toMatchObject({ product: '鸡蛋', amount: '120' })
    expect(said).toEqual({ product: '鸡蛋', amount: '120' })
  })
})
