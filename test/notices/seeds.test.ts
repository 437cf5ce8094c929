import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeVillages } from '../../src/modules/demo/rules/areas.ts'
import { makeHouseholds, nothingGiven, type Household } from '../../src/modules/demo/rules/people.ts'
import { randomFrom } from '../../src/modules/demo/rules/random.ts'
import { DemoPolicy } from '../../src/modules/demo/policy/policy.ts'
import { Parameters } from '../../src/modules/policies/contract.ts'
import { makeChance, pick, seed } from '../chance.ts'
import { hideInDocument } from './hidden-documents.ts'
import { hideInPicture } from './hidden-files.ts'
import { makeSecret } from './secrets.ts'
import { noticeColumns, nameStyles, noticeKinds, showLine } from '../../src/modules/cases/rules/notices/notice-fields.ts'
import { lintNotice, type NoticeText } from '../../src/modules/cases/rules/notices/notice-lint.ts'
import type { LintTerms, PersonNamed } from '../../src/modules/cases/rules/notices/notice-lint-terms.ts'
import { readNoticeTerms } from '../../src/modules/cases/rules/notices/notice-terms.ts'
import { bodyOf, closingOf, titleOf } from '../../src/modules/cases/rules/notices/notice-texts.ts'
import { readHiddenTexts } from '../../src/modules/cases/server/notices/notice-hidden-text.ts'

/** `BANGFU_NOTICE_SEEDS=50000 vitest run …`: more of them. */
const cases = Number(process.env['BANGFU_NOTICE_SEEDS'] ?? 1_000)
const today = '2026-11-22'

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const parameters = Parameters.parse(json('../../src/modules/policies/policy/parameters/cases.notice.json')).values
const terms = readNoticeTerms((name) => parameters.find((one) => one.name === name)?.value)
const demoPolicy = DemoPolicy.parse(json('../../src/modules/demo/policy/2026-01-01.json'))

function county(name: string, count: number): Household[] {
  const villages = makeVillages(randomFrom(`${name}/areas`), count)
  return makeHouseholds({ seed: name, villages, policy: { ...demoPolicy, year: 2026 }, given: nothingGiven() })
}

const peopleOf = (households: readonly Household[]): PersonNamed[] =>
  households.flatMap(({ members }) => members.map(({ name, bornOn, order }) => ({ name, bornOn, isHead: order === 1 })))

function lintTerms(households: readonly Household[], showsNames: boolean): LintTerms {
  const places = households.flatMap(({ village }) => [village.name, village.township])
  return { ...terms, people: peopleOf(households), showsNames, places: [...new Set(places)], today }
}

/** What the program itself puts on a notice of some households of one village. */
function cleanTexts(households: readonly Household[], at: number): NoticeText[] {
  const [kind, nameStyle] = [noticeKinds[at % 2] ?? 'identification', nameStyles[(at >> 1) % 2] ?? 'masked']
  const village = households[0]?.village.name ?? ''
  const lines = households.map((household) =>
    showLine(
      {
        group: household.group,
        headName: household.members[0]?.name,
        headBornOn: household.members[0]?.bornOn,
        members: household.members.length,
        kind: household.monitored === '' ? undefined : household.monitored,
        risk: [...terms.riskWords.keys()][at % terms.riskWords.size],
      },
      { columns: noticeColumns, nameStyle, riskWords: terms.riskWords, today },
    ),
  )
  return [
    { part: 'title', name: '', text: titleOf(kind, village) },
    {
      part: 'note',
      name: '',
      text: [bodyOf(kind), ...closingOf(terms), `公示起止：2026年11月23日至2026年11月27日，共${lines.length}户。`].join('\n'),
    },
    ...lines.flatMap((line, row) =>
      Object.entries(line).map(([column, text]) => ({ part: 'cell' as const, name: `${column} ${row + 1}`, text })),
    ),
  ]
}

describe('the scan of notices', () => {
  it(`finds every one of ${cases} seeded secrets, wherever it was put`, () => {
    const households = county('notice-seeds', 40)
    const chance = makeChance(seed)
    const given = { words: terms.healthWords, people: peopleOf(households), today }
    const all = lintTerms(households, false)
    const missed: string[] = []
    const tally: Record<string, number> = {}
    for (let at = 0; at < cases; at += 1) {
      const secret = makeSecret(chance, given)
      const around = pick(chance, ['', '联系：', '（', '本户', '详见 ', '2026-11-22，', '3组，'])
      const text = `${around}${secret.written}${pick(chance, ['', '。', '）', '，请核实', ' 5天'])}`
      const place = pick(chance, ['title', 'note', 'cell', 'file-name', 'picture', 'document'] as const)
      const file = place === 'picture' ? hideInPicture(chance, text) : place === 'document' ? hideInDocument(chance, text) : undefined
      // Names and ages stand in what people write; a cell is filled by the program.
      const part = place === 'cell' && secret.kinds.some((kind) => kind.startsWith('m') || kind === 'birth-date') ? 'note' : place
      const texts: NoticeText[] =
        file === undefined
          ? [{ part: part === 'picture' || part === 'document' ? 'note' : part, name: '', text }]
          : readHiddenTexts(file.name, file.bytes)
      const where = file?.where ?? part
      tally[where.split(' ')[0] ?? ''] = (tally[where.split(' ')[0] ?? ''] ?? 0) + 1
      const found = lintNotice(texts, all)
      if (!found.some(({ kind }) => secret.kinds.includes(kind)))
        missed.push(`${at} ${secret.name} in ${where}: ${JSON.stringify(text)} → ${found.map(({ kind }) => kind).join()}`)
    }
    expect(missed.slice(0, 20)).toEqual([])
    expect(missed.length).toBe(0)
    expect(Object.keys(tally).length).toBeGreaterThan(8)
  })

  it('finds nothing in clean notices of generated counties', () => {
    let notices = 0
    const found: string[] = []
    for (const name of ['clean-1', 'clean-2', 'clean-3']) {
      const byVillage = Map.groupBy(county(name, 700), ({ village }) => village.code)
      for (const households of byVillage.values())
        for (let from = 0; from < households.length; from += 8) {
          const some = households.slice(from, from + 8)
          const showsNames = (notices >> 1) % 2 === 1
          for (const one of lintNotice(cleanTexts(some, notices), lintTerms(some, showsNames)))
            found.push(`${one.part} ${one.name} ${one.kind} ${one.shown}`)
          notices += 1
        }
    }
    expect(found.slice(0, 20)).toEqual([])
    expect(notices).toBeGreaterThan(250)
  })

  it('finds nothing in pictures and documents that say nothing', () => {
    const chance = makeChance(seed + 1)
    const all = lintTerms(county('notice-seeds', 40), false)
    const found: string[] = []
    for (let at = 0; at < 150; at += 1) {
      const text = pick(chance, ['公示照片', '柳湾村公示栏 2026-11-22 09:30:15', 'Canon EOS 80D Ver.1.0.2', 'notice of the village', ''])
      const file = at % 2 === 0 ? hideInPicture(chance, text) : hideInDocument(chance, text)
      for (const one of lintNotice(readHiddenTexts(file.name, file.bytes), all))
        found.push(`${file.where} ${one.kind} ${one.name} ${one.shown}`)
    }
    expect(found.slice(0, 20)).toEqual([])
  })
})
