import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeValues } from './merge-values.ts'
import { areaPathOf, inForceByLevel, levelsOf, pickWhole } from './pick-version.ts'
import type { PolicyVersion } from './policy.ts'

const blank: PolicyVersion = {
  versionId: '',
  key: 'a.b',
  areaPath: '',
  isShipped: false,
  state: 'published',
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  content: '',
  hash: '',
  documentNo: '',
  documentTitle: '',
  clause: '',
  note: '',
  examples: [],
  draftedBy: null,
  draftedName: null,
  draftedAt: null,
  writtenBy: [],
  submittedBy: null,
  submittedAt: null,
  publishedName: null,
  publishedAt: '2020-01-01T00:00:00.000Z',
  replacedAt: null,
  revision: 1,
}
const paths = ['', '99.', '99.9903.', '99.9903.990301.', '99.9903.990301.990301101.']
const day = fc.integer({ min: 0, max: 40 }).map((at) => `2024-0${1 + Math.floor(at / 9)}-${String(10 + (at % 9)).padStart(2, '0')}`)
const instant = day.map((text) => `${text}T00:00:00.000Z`)
const versions = fc.array(
  fc
    .record({
      areaPath: fc.constantFrom(...paths, '98.'),
      effectiveFrom: day,
      last: fc.option(day),
      publishedAt: fc.option(instant),
      later: fc.option(instant),
      isShipped: fc.boolean(),
    })
    .map(({ last, later, publishedAt, ...one }): Omit<PolicyVersion, 'versionId'> => {
      const effectiveTo = last !== null && last >= one.effectiveFrom ? last : null
      const replacedAt = publishedAt !== null && later !== null && later > publishedAt ? later : null
      if (one.isShipped) return { ...blank, ...one, effectiveTo, publishedAt: null, state: 'published' }
      const state = publishedAt === null ? 'draft' : replacedAt === null ? 'published' : 'replaced'
      return { ...blank, ...one, effectiveTo, publishedAt, replacedAt, state }
    }),
  { maxLength: 12 },
)

describe('which version counts', () => {
  it('is, for any past day and any state of knowledge, what a naive reading says', () => {
    fc.assert(
      fc.property(
        versions,
        fc.constantFrom(...paths.slice(1)),
        day,
        fc.option(instant, { nil: undefined }),
        (made, areaPath, asOf, knownAt) => {
          const all = made.map((one, at) => ({ ...one, versionId: String(at) }))
          const found = inForceByLevel(all, levelsOf(areaPath, ''), { asOf, knownAt })
          expect(pickWhole(found, 'free')?.versionId).toBe(naively(all, { areaPath, asOf, knownAt })?.versionId)
        },
      ),
    )
  })

  it('goes back to the earlier version after the last day of a passing one', () => {
    const lasting = { ...blank, versionId: 'lasting' }
    const passing = { ...blank, versionId: 'passing', effectiveFrom: '2023-07-01', effectiveTo: '2023-12-31' }
    const on = (asOf: string) => pickWhole(inForceByLevel([lasting, passing], levelsOf('', ''), { asOf }), 'free')?.versionId
    expect(['2019-12-31', '2023-06-30', '2023-07-01', '2023-12-31', '2024-01-01'].map(on)).toEqual([
      undefined,
      'lasting',
      'passing',
      'passing',
      'lasting',
    ])
  })

  it('of a fixed text is the superior’s, whatever stands below', () => {
    const nation = { ...blank, versionId: 'nation' }
    const county = { ...blank, versionId: 'county', areaPath: areaPathOf('990301'), effectiveFrom: '2023-01-01' }
    const found = inForceByLevel([nation, county], levelsOf(areaPathOf('990301'), ''), { asOf: '2023-06-01' })
    expect([pickWhole(found, 'fixed'), pickWhole(found, 'fill'), pickWhole(found, 'free')].map((one) => one?.versionId)).toEqual([
      'nation',
      'nation',
      'county',
    ])
  })

  it('of another province stands in where nothing of its own says anything', () => {
    const shipped = { ...blank, isShipped: true, versionId: 'stand-in', areaPath: '43.' }
    const own = { ...blank, versionId: 'own', areaPath: '99.', effectiveFrom: '2023-01-01' }
    const levels = levelsOf(areaPathOf('990301'), areaPathOf('430525'))
    const on = (asOf: string, latitude: 'free' | 'fixed') =>
      pickWhole(inForceByLevel([shipped, own], levels, { asOf }), latitude)?.versionId
    expect([on('2022-06-01', 'fixed'), on('2023-06-01', 'fixed'), on('2023-06-01', 'free')]).toEqual(['stand-in', 'own', 'own'])
    expect(pickWhole(inForceByLevel([{ ...shipped, isShipped: false }], levels, { asOf: '2022-06-01' }), 'free')).toBeUndefined()
  })
})

/** Walks from the area upwards and, in each, backwards through the days. */
function naively(all: readonly PolicyVersion[], asked: { areaPath: string; asOf: string; knownAt: string | undefined }) {
  const { asOf, knownAt } = asked
  for (let path = asked.areaPath; ; path = path.replace(/[^.]+\.$/, '')) {
    const here = all.filter((one) => one.areaPath === path && one.effectiveFrom <= asOf && asOf <= (one.effectiveTo ?? '9999'))
    const counted = here.filter((one) => {
      if (one.isShipped) return true
      if (one.publishedAt === null) return false
      if (knownAt === undefined) return one.replacedAt === null
      return one.publishedAt <= knownAt && !(one.replacedAt !== null && one.replacedAt <= knownAt)
    })
    let best: PolicyVersion | undefined
    for (const one of counted)
      if (
        best === undefined ||
        one.effectiveFrom > best.effectiveFrom ||
        (one.effectiveFrom === best.effectiveFrom && best.isShipped && !one.isShipped)
      )
        best = one
    if (best !== undefined || path === '') return best
  }
}

describe('values merged downwards', () => {
  const say = (areaPath: string, value: string | null, latitude: 'fixed' | 'fill' | 'raise' | 'lower' | 'free', isStandIn = false) => ({
    level: { areaPath, isStandIn },
    version: { ...blank, areaPath, versionId: `${areaPath}${value ?? ''}` },
    values: [{ name: '线', unit: '元', value, latitude }],
  })
  const merged = (...levels: ReturnType<typeof say>[]) => {
    const found = mergeValues(levels).get('线')
    return [found?.value, found?.latitude, found?.version.areaPath]
  }

  it('keep the version that each comes from, and pass over what the superior does not allow', () => {
    expect(merged(say('', '6000', 'raise'), say('99.', '7000', 'raise'))).toEqual(['7000', 'raise', '99.'])
    expect(merged(say('', '6000', 'raise'), say('99.', '5999.99', 'raise'))).toEqual(['6000', 'raise', ''])
    expect(merged(say('', '6000', 'lower'), say('99.', '5999.99', 'lower'))).toEqual(['5999.99', 'lower', '99.'])
    expect(merged(say('', '6000', 'fixed'), say('99.', '7000', 'free'))).toEqual(['6000', 'fixed', ''])
    expect(merged(say('', null, 'fill'), say('99.', '7000', 'fixed'), say('99.9903.', '8000', 'free'))).toEqual(['7000', 'fixed', '99.'])
    expect(merged(say('', '6000', 'free'), say('99.', '10', 'free'), say('99.9903.', null, 'free'))).toEqual(['10', 'free', '99.'])
  })

  it('compare numbers as numbers, and keep a line that may only rise as one below', () => {
    expect(merged(say('', '9000', 'raise'), say('99.', '10000.00', 'free'), say('99.9903.', '9500', 'free'))).toEqual([
      '10000.00',
      'raise',
      '99.',
    ])
    expect(merged(say('', '9000', 'fixed'), say('99.', '9000.00', 'fixed'))).toEqual(['9000.00', 'fixed', '99.'])
  })

  it('take a stand-in only where nothing but the nation speaks, and are not bound by it', () => {
    expect(merged(say('', '6000', 'raise'), say('43.', '7000', 'raise', true))).toEqual(['7000', 'raise', '43.'])
    expect(merged(say('', '6000', 'raise'), say('43.', '7000', 'raise', true), say('99.', '6500', 'raise'))).toEqual([
      '6500',
      'raise',
      '99.',
    ])
    expect(merged(say('', '6000', 'fixed'), say('43.', '7000', 'raise', true))).toEqual(['6000', 'fixed', ''])
  })
})
