import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import type { CaseFile } from '../../src/modules/cases/rules/case-records.ts'
import { seatPath } from '../../src/modules/cases/rules/case-seat.ts'
import { stepNames, type CaseAction, type CaseStep } from '../../src/modules/cases/rules/case-steps.ts'
import { termsOf } from '../../src/modules/cases/server/case-terms.ts'
import type { StepCheck } from '../../src/modules/cases/server/step-check.ts'
import { stepChecks } from '../../src/modules/cases/server/step-checks.ts'
import { makeChance, seed } from '../chance.ts'
import { openMovesWorld, type Who } from './moves-world.ts'
import { openStepGifts, type Days, type Give } from './step-gifts.ts'

// What the parts ask at each step, through the real routes with every check standing: a legal move by who may is refused with exactly what is
// missing and audited; as one thing after the other is given the rest is named; with everything given the move is done. CASES=full gives
// everything at every step; otherwise at some, drawn.
const moves = openMovesWorld()
const { officer, caseAt, visitBy, papers, measure, income, results, reasons, appraise, sheet, publish, photo, objection, recheck } =
  openStepGifts(moves)
const isFull = process.env['CASES'] === 'full'
const chance = makeChance(seed)

/** A move with what it misses at first, and what it still misses after each thing that is given. */
interface Gate {
  readonly action?: CaseAction
  readonly onDays?: Days
  readonly first: readonly string[]
  readonly gifts?: readonly (readonly [Give, readonly string[]])[]
}
const half: Days = { decision: '2023-05-20' }
const gone: Days = { decision: '2021-05-20', 'exit-decision': '2021-12-20' }
const money = ['exit.income.none', 'exit.stable.none']
const departments = Array.from({ length: 9 }, () => 'check.department')
const gates: readonly (readonly [CaseStep, Gate])[] = [
  ['assessment', { first: [] }],
  [
    'visit',
    {
      first: ['visit.none', 'income.none', 'paper.unsigned'],
      gifts: [
        [visitBy('甲'), ['visit.visitors', 'income.none', 'paper.unsigned']],
        [visitBy('甲', '乙'), ['income.none', 'paper.unsigned']],
        [income('identification'), ['paper.unsigned']],
        [papers, []],
      ],
    },
  ],
  ['statement', { first: ['paper.unsigned'], gifts: [[papers, []]] }],
  [
    'check',
    {
      first: departments,
      gifts: [
        [results, ['check.flag']],
        [reasons, []],
      ],
    },
  ],
  [
    'appraisal',
    {
      first: ['meeting-none'],
      gifts: [
        [appraise, ['meeting-sheet']],
        [sheet, []],
      ],
    },
  ],
  [
    'notice',
    {
      first: ['notice-none'],
      gifts: [
        [publish, ['notice-photo']],
        [photo, []],
      ],
    },
  ],
  ['review', { first: ['paper.unsigned'], gifts: [[papers, []]] }],
  ['decision', { first: ['paper.unsigned'], gifts: [[papers, []]] }],
  ['entry', { first: [] }],
  ['measures', { first: ['measure.none'], gifts: [[measure, []]] }],
  [
    'tracking',
    {
      action: 'start-exit',
      onDays: half,
      first: ['exit.measures.not-met', ...money],
      gifts: [
        [measure, money],
        [income('elimination'), []],
      ],
    },
  ],
  ['tracking', { action: 'start-exit', first: ['exit.months.not-met', 'exit.measures.not-met', ...money] }],
  [
    'exit-visit',
    {
      onDays: half,
      first: ['visit.none', 'paper.unsigned'],
      gifts: [
        [visitBy('甲', '乙'), ['paper.unsigned']],
        [papers, []],
      ],
    },
  ],
  [
    'exit-appraisal',
    {
      first: ['meeting-none'],
      gifts: [
        [appraise, ['meeting-sheet']],
        [sheet, []],
      ],
    },
  ],
  [
    'exit-notice',
    {
      first: ['notice-none'],
      gifts: [
        [publish, ['notice-photo']],
        [photo, []],
      ],
    },
  ],
  ['exit-review', { first: ['paper.unsigned'], gifts: [[papers, []]] }],
  [
    'exit-decision',
    {
      onDays: half,
      first: ['exit.measures.not-met', ...money],
      gifts: [
        [measure, money],
        [income('elimination'), []],
      ],
    },
  ],
  ['exit-entry', { first: [] }],
  ['follow-up', { action: 'settle', first: ['settle.months'] }],
  [
    'follow-up',
    {
      action: 'settle',
      onDays: gone,
      first: [],
      gifts: [
        [objection, ['notice-recheck']],
        [recheck, []],
      ],
    },
  ],
]

const holders = { village: 'village', township: 'township', county: 'county' } as const satisfies Record<string, Who>
const decided = {
  risks: ['因病'],
  kind: '突发严重困难户',
  nationalNo: '9903010001',
  mode: 'helped',
  opinion: '情况属实，同意',
  reason: '核实后办理',
}

describe('what the steps ask for', () => {
  const named = new Set<StepCheck>()
  const noteNamed = async (file: CaseFile, action: CaseAction) => {
    await inTransaction(officer(), async (db) => {
      const within = { ...officer(), db }
      const all = await termsOf(within, { areaPath: file.areaPath, asOf: within.today })
      for (const check of stepChecks) {
        const found = await check(within, { file, action, terms: all.steps[file.step], all, mode: 'helped' })
        if (found.some(({ blocks }) => blocks)) named.add(check)
      }
    })
  }
  const refusals = () => moves.count('kernel.audit', sql`did = 'http.refused' AND details->>'code' = 'cases.missing'`)

  for (const [step, { action = 'pass', onDays = {}, first, gifts: all = [] }] of gates) {
    // No other gate speaks of a recheck.
    const gifts = isFull || first.length === 0 || chance(3) === 0 ? all : []
    it(`${step} ${action}: ${[...new Set(first)].join(', ') || 'nothing'}`, async () => {
      const file = await caseAt(step, onDays)
      const heldBy =
        (['village', 'township', 'county'] as const).find((level) => seatPath(file.areaPath, level) === file.heldBy) ?? 'county'
      const attempt = (keeps: boolean) => moves.act(holders[heldBy], file.caseId, { revision: file.revision, action, ...decided }, keeps)
      const expectMissing = async (codes: readonly string[]) => {
        const [told, events] = [await refusals(), await moves.count('cases.case_event')]
        await noteNamed(file, action)
        const { status, code, body } = await attempt(true)
        expect([status, code]).toEqual([422, 'cases.missing'])
        // Safe: the refusal's details are those of `cases.missing`.
        const { missing } = body['details'] as { missing: { code: string; blocks: boolean }[] }
        expect(missing.filter(({ blocks }) => blocks).map((item) => item.code)).toEqual(codes)
        expect([await refusals(), await moves.count('cases.case_event')]).toEqual([told + 1, events])
      }
      if (first.length > 0) await expectMissing(first)
      for (const [give, missing] of gifts) {
        await give(file)
        if (missing.length > 0) await expectMissing(missing)
      }
      if (gifts.at(-1)?.[1].length !== 0 && first.length > 0) return
      const done = await attempt(true)
      expect([done.status, done.code, done.body['revision']]).toEqual([200, '', file.revision + 1])
    })
  }

  it('is asked at every step at which a case can stand, by every part', () => {
    expect(stepNames.filter((step) => step !== 'ended' && !gates.some(([one]) => one === step))).toEqual([])
    expect(stepChecks.filter((check) => !named.has(check))).toEqual([])
  })
})
