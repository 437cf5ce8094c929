import { extractText } from 'unpdf'
import { beforeAll, expect, it } from 'vitest'
import { grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { buildAreas, listAreas } from '#modules/identity/server/index.ts'
import { givenCounty } from '#modules/identity/server/given.ts'
import { letterOfAssignment } from '../../../../test/papers/letter-shape.ts'
import { writeDocx } from '../../../../test/papers/write-docx.ts'
import { openTestWorld } from '../../../../test/database.ts'
import type { UnitRef } from '../rules/problem-requests.ts'
import { actOnProblems } from './act-on-problems.ts'
import { at, givenCampaign, givenOrganisation, givenProblem } from './given.ts'
import { letterTemplate, printLetter } from './print-letter.ts'
import { readLetter, readLetters } from './read-letters.ts'
import { readTotals } from './read-problems.ts'
import { rectificationErrors } from './errors.ts'

// M-113, F-366 to F-372: 90 problems found in 5 townships, 5 villages and 6 departments, handed on by 16 letters until the end of May.
const world = openTestWorld()
const office = () =>
  at(world.as(grantCounty('990301'), { id: 'office', name: '督查组', roles: ['supervisor'] }), '2020-05-06T09:00:00+08:00')
let campaignId = ''
const units: UnitRef[] = []

beforeAll(async () => {
  const county = await givenCounty(world.database)
  const places = Array.from({ length: 5 }, (_, index) => ({
    township: `督查${'甲乙丙丁戊'[index] ?? ''}镇`,
    village: `第${'甲乙丙丁戊'[index] ?? ''}村`,
    group: '',
    rows: 1,
  }))
  await buildAreas(world.as(grantSystem('990301', 'test')), places, { isDryRun: false })
  const areas = (await listAreas(office(), { level: 'village' })).filter(({ name }) => /^(督查.镇|第.村)$/.test(name))
  units.push(...areas.map(({ path }) => ({ kind: 'area', id: path }) as const))
  for (const name of ['住建局', '教体局', '医保局', '卫健局', '水利局', '民政局'])
    units.push({ kind: 'organisation', id: await givenOrganisation(office(), { name, areaPath: county.countyPath }) })
  campaignId = await givenCampaign(office(), { name: '脱贫质量“回头看”' })
  for (const [index, unit] of units.entries()) {
    const areaPath = unit.kind === 'area' ? unit.id : county.countyPath
    // 90 problems over 16 units: ten have six, six have five.
    const n = index < 10 ? 6 : 5
    const problems: { problemId: string; revision: number }[] = []
    for (let at = 0; at < n; at += 1) {
      const { problemId } = await givenProblem(office(), {
        campaignId,
        areaPath,
        sourceKind: 'look-back',
        description: `现场查出的问题${String(at + 1)}`,
      })
      problems.push({ problemId, revision: 1 })
    }
    const act = { action: 'assign', unit, headName: '主要负责人', due: { words: '5月底前' }, requirement: '限期整改到位' } as const
    expect((await actOnProblems(office(), { problems, act })).refused).toEqual([])
  }
}, 30_000)

it('R16: ninety problems stand on sixteen letters, one for each unit', async () => {
  expect(units).toHaveLength(16)
  const { items } = await readLetters(office(), { campaignId, limit: 50 })
  expect(items).toHaveLength(16)
  expect(items.reduce((sum, { problems }) => sum + problems, 0)).toBe(90)
  const levels = Object.groupBy(items, ({ unitLevel }) => unitLevel)
  expect([levels.township?.length, levels.village?.length, levels.department?.length]).toEqual([5, 5, 6])
  expect(new Set(items.map(({ dueOn }) => dueOn))).toEqual(new Set(['2020-05-31']))
  const totals = await readTotals(office(), { campaignId })
  expect(totals).toMatchObject({ total: 90, letters: 16, disagree: [] })
})

it('a letter is printed with its problems, its number, its day and the code of its reply', async () => {
  expect(letterTemplate().equals(await writeDocx(letterOfAssignment, {}, 'letter'))).toBe(true)
  const [letter] = (await readLetters(office(), { campaignId, limit: 1 })).items
  const printed = await printLetter(office(), { letterId: letter?.letterId ?? '', format: 'pdf', address: 'https://county.example' })
  if (!Buffer.isBuffer(printed.body)) throw rectificationErrors.evidenceLost()
  const { text } = await extractText(new Uint8Array(printed.body), { mergePages: true })
  const bare = text.replace(/\s/g, '')
  expect(bare).toContain(`整改交办〔2020〕${String(Number(letter?.letterNo.slice(5)))}号`)
  expect(bare).toContain('2020年5月31日前（含当日）')
  expect(bare).toContain(`${letter?.unitName ?? ''}：`)
  expect(bare.match(/2020-000\d\d\d/g)).toHaveLength(letter?.problems ?? 0)
  expect(printed.fileName).toBe(`交办函-${letter?.letterNo ?? ''}.pdf`)
  expect(await readLetter(office(), { letterId: letter?.letterId ?? '' })).not.toHaveProperty('code')
})
