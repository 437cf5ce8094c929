import { describe, expect, it } from 'vitest'
import { countByArea, isWorking, judgeMission, testsToRun, walkPath, type MissionGround } from './check-mission.ts'
import { readMission, type MissionRow } from './mission-rows.ts'

const idOf = (at: number) => `M-${String(at).padStart(3, '0')}`
const file = 'src/modules/registry/rules/age.test.ts'
const ground: MissionGround = {
  modules: new Set(['registry']),
  ledgers: new Map([
    ['funds.dividend', ['M-171']],
    ['funds.dividend-payment', []],
  ]),
  hasFile: (path) => path === file || path === walkPath,
  results: {
    [file]: [
      ['ages are counted in whole years', 'passed'],
      ['ages of the unborn are refused', 'failed'],
      ['ages wait for the day', 'skipped'],
    ],
    [walkPath]: [
      ['every shipped ledger funds.dividend-payment is imported', 'failed'],
      ['every shipped ledger funds.dividend is imported', 'passed'],
    ],
  },
  register: undefined,
}

/** A mechanism that works. */
const good: MissionRow = {
  id: 'M-001',
  title: '甲 — A',
  area: 'C01',
  carriedBy: 'typed',
  homes: ['registry'],
  tests: [{ path: file, part: 'in whole years' }],
  note: '',
}
const ledger: MissionRow = {
  ...good,
  id: 'M-171',
  area: 'C14',
  carriedBy: 'ledger',
  homes: ['funds.dividend'],
  tests: [{ path: walkPath, part: 'funds.dividend' }],
}
const whole = [...Array.from({ length: 170 }, (_, at) => ({ ...good, id: idOf(at + 1) })), ledger]
const against = (row: MissionRow) => judgeMission([row], ground).mechanisms[0]?.faults

describe('the table of mechanisms', () => {
  it('is whole when each stands once, and works by tests that passed', () => {
    const judged = judgeMission(whole, ground)
    expect(judged.faults).toEqual([])
    expect(judged.mechanisms.filter(isWorking)).toHaveLength(171)
    expect(countByArea(judged.mechanisms)).toEqual([
      { area: 'C01', all: 170, typed: 170, ledger: 0, planned: 0, works: 170 },
      { area: 'C14', all: 1, typed: 0, ledger: 1, planned: 0, works: 1 },
    ])
  })

  it('names what is missing, what stands twice, what is none, and what is called otherwise', () => {
    expect(judgeMission(whole.slice(1), ground).faults).toEqual(['M-001 stands 0 times'])
    expect(judgeMission([...whole, ledger, { ...good, id: 'M-172' }], ground).faults).toEqual([
      'M-171 stands 2 times',
      'M-172 is no mechanism',
    ])
    const register = new Map(whole.map(({ id, title }) => [id, id === 'M-002' ? '乙 — B' : title]))
    expect(judgeMission(whole, { ...ground, register }).faults).toEqual(['M-002 is called 乙 — B'])
    expect(judgeMission(whole, { ...ground, register: new Map() }).faults).toEqual(['the register holds 0 mechanisms'])
  })

  it('lets only leadership and household plans be planned, and counts none of them', () => {
    const planned = whole.map((row, at) =>
      at < 2 ? { ...row, carriedBy: 'planned' as const, homes: [], tests: [], area: at === 0 ? 'C03' : 'C01' } : row,
    )
    const judged = judgeMission(planned, ground)
    expect(judged.faults).toEqual(['M-002 is planned, which only C03 and C04 may be'])
    expect(judged.mechanisms.filter(isWorking)).toHaveLength(169)
  })

  it('knows no home that is not there, and no ledger that does not name it', () => {
    expect(against({ ...good, homes: ['nothing'] })).toEqual(['there is no module nothing'])
    expect(against({ ...good, homes: [] })).toEqual(['has no home', 'no module is named'])
    expect(against({ ...ledger, homes: ['funds.nothing'] })).toEqual(['there is no ledger funds.nothing'])
    expect(against({ ...ledger, id: 'M-170' })).toEqual(['ledger funds.dividend does not name it'])
    expect(against({ ...ledger, tests: good.tests })).toEqual(['ledger funds.dividend is not walked'])
    expect(against({ ...ledger, homes: ['registry'] })).toEqual(['no ledger is named'])
  })

  it('counts no test that is not there, did not run, or failed', () => {
    const byTest = (path: string, part?: string) => against({ ...good, tests: [{ path, part }] })
    expect(against({ ...good, tests: [] })).toEqual(['has no test'])
    expect(byTest('src/gone.test.ts')).toEqual(['src/gone.test.ts: no such file'])
    expect(byTest(file, 'of nobody')).toEqual([`${file}#of nobody: no such test ran`])
    expect(byTest(file, 'wait for the day')).toEqual([`${file}#wait for the day: did not run`])
    expect(byTest(file, 'of the unborn')).toEqual([`${file}#of the unborn: failed`])
    expect(byTest(file)).toEqual([`${file}: failed`])
    expect(judgeMission([good], { ...ground, results: {} }).mechanisms[0]?.faults).toEqual([`${file}#in whole years: did not run`])
    expect(byTest(walkPath, 'funds.dividend-payment')).toEqual([`${walkPath}#funds.dividend-payment: failed`])
  })

  it('asks for what did not run, the ledgers of the walk by their keys', () => {
    expect(testsToRun(whole, ground)).toEqual({ files: [], ledgers: [] })
    expect(testsToRun(whole, { ...ground, results: {} })).toEqual({ files: [walkPath, file].sort(), ledgers: ['funds.dividend'] })
  })

  it('is read as CSV, and a line that cannot be one is named', () => {
    const head = 'mechanism,title,area,carried_by,home,tests,note\n'
    const text = `${head}M-001,"甲, ""乙"" — A",C01,typed,registry quality,a.test.ts#one two | b.test.ts,"a\nb"\n`
    expect(readMission(text)).toEqual({
      faults: [],
      rows: [
        {
          id: 'M-001',
          title: '甲, "乙" — A',
          area: 'C01',
          carriedBy: 'typed',
          homes: ['registry', 'quality'],
          tests: [
            { path: 'a.test.ts', part: 'one two' },
            { path: 'b.test.ts', part: undefined },
          ],
          note: 'a\nb',
        },
      ],
    })
    expect(readMission(`${head}M-1,a,C01,typed,,,\nM-002,a,C01,somehow,,,\n`).faults).toEqual([
      'line 2 (M-1) cannot be read',
      'line 3 (M-002) cannot be read',
    ])
    expect(readMission('a,b\n').faults).toEqual(['the columns are not mechanism, title, area, carried_by, home, tests, note'])
  })
})
