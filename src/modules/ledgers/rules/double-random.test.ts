import { describe, expect, it } from 'vitest'
import json from '../policy/templates/generic/double-random.json' with { type: 'json' }
import { assignKeys } from './assign-keys.ts'
import { readTemplate } from './check-template.ts'
import { judgeRecord } from './judge-record.ts'
import { openTemplate } from './open-template.ts'

const read = readTemplate(json)
if ('problems' in read) throw new Error(JSON.stringify(read.problems))
const open = openTemplate(read.template, 1, assignKeys(read.template).keys)
const names = (count: number, word: string) => Array.from({ length: count }, (_, at) => ({ no: String(at + 1), name: `${word}${at + 1}` }))

function draw(seed: number, { objects = 40, wanted = 5 } = {}) {
  const values = {
    seed: String(seed),
    objects: names(objects, '企业'),
    people: names(12, '检查员'),
    'object-count': String(wanted),
    'people-count': '2',
  }
  const { values: made } = judgeRecord(open, { values, state: 'drawn', today: '2024-05-01', madeOn: '2024-05-01', isNew: true })
  const list = (key: string) => {
    const drawn = made[key]
    if (typeof drawn !== 'string') throw new Error(`nothing was drawn in ${key}`)
    return drawn.split('、')
  }
  return { objects: list('drawn-objects'), people: list('drawn-people') }
}

describe('a double-random check', () => {
  it('draws the same objects and inspectors from the same published seed, as many as were asked for, each once', () => {
    expect(draw(20240501)).toEqual(draw(20240501))
    const { objects, people } = draw(20240501)
    expect([new Set(objects).size, new Set(people).size]).toEqual([5, 2])
  })

  it('draws what anybody can compute by hand: the smallest numbers of the published formula', () => {
    const key = (no: bigint, seed: bigint) => ((seed + no) * (seed + no) * 48271n + no * 69621n) % 2147483647n
    const seed = 20240501n
    const sorted = Array.from({ length: 40 }, (_, at) => BigInt(at + 1)).sort((one, other) => (key(one, seed) < key(other, seed) ? -1 : 1))
    expect(draw(20240501).objects).toEqual(sorted.slice(0, 5).map((no) => `企业${no}`))
  })

  it('favours nobody: over 200 seeds each of 10 is drawn about as often', () => {
    const times = new Map<string, number>()
    for (let seed = 1; seed <= 200; seed += 1)
      for (const name of draw(seed * 7919, { objects: 10, wanted: 3 }).objects) times.set(name, (times.get(name) ?? 0) + 1)
    expect(times.size).toBe(10)
    expect(Math.min(...times.values())).toBeGreaterThan(35)
    expect(Math.max(...times.values())).toBeLessThan(90)
  })
})
