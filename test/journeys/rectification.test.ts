import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { actOnce, doneWords, givenCampaign, givenProblem } from '../../src/modules/rectification/server/given.ts'
import { givenFinding } from '../../src/modules/quality/server/given.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { makeRectificationPlug } from '../../src/modules/rectification/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { givenLead, givenRun } from '../../src/modules/screening/server/given.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { isFull } from '../chance.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// A ledger is pasted from Excel, handed on by letters, answered by a village, accepted by another office, and counted.
const browser = openBrowserWorld((world) => {
  const filesDirectory = join(world.directory, 'files')
  mkdirSync(filesDirectory, { recursive: true })
  const parts = { database: world.database, vault: world.vault, filesDirectory }
  const identity = makeIdentityPlug(parts)
  const plugs = [
    identity,
    makeRegistryPlug(parts),
    makePoliciesPlug(),
    makeRectificationPlug(parts),
    makeQualityPlug(parts),
    makeScreeningPlug(parts),
  ]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
})
let county: GivenCounty
let people: { office: GivenUser; inspector: GivenUser; village: GivenUser }
let campaignId = ''

beforeAll(async () => {
  const { world } = browser
  county = await givenCounty(world.database)
  const own = county.villages[0]?.path ?? ''
  people = {
    office: await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '林县办' }),
    inspector: await givenUser(world.database, { role: 'supervisor', areaPath: county.countyPath, name: '督查员' }),
    village: await givenUser(world.database, { role: 'village-cadre', areaPath: own, name: '村支书' }),
  }
  const as = (id: string, role: string): Context => ({ ...world.as(grantCounty('990301'), { id, name: id, roles: [role] }), ...nowOf() })
  const office = as('earlier', 'county-data-officer')
  campaignId = await givenCampaign(office, { name: '第三季度帮扶工作督查' })
  const { householdId } = await givenHousehold(office, world.vault, { areaPath: `${own}01.`, members: [{ name: '钱多福' }] })
  await givenFinding(office, { areaPath: `${own}01.`, householdId })
  await givenLead(office, { runId: await givenRun(office, '202310'), month: '202310', householdId, areaPath: `${own}01.` })
  const say = ['厨房屋顶漏雨，一直没有修', '饮水管道冻裂，取水不便', '帮扶手册三个月没有更新', '公益岗位工资晚发一个月']
  for (const [at, description] of say.entries()) {
    const class_ = ['住房安全', '饮水安全', '责任落实', '就业帮扶'][at] ?? ''
    const { problemId } = await givenProblem(office, { campaignId, areaPath: `${own}01.`, householdId, class: class_, description })
    if (at < 3) {
      const unit = { kind: 'area', id: own } as const
      await actOnce(office, problemId, { action: 'assign', unit, headName: '村支书', due: { on: dayIn(at === 2 ? 0 : 10) } })
    }
    if (at === 1) {
      const village = { ...world.as(people.village.scope, people.village.caller), ...nowOf() }
      await actOnce(village, problemId, { action: 'plan', cause: doneWords.cause, measures: doneWords.measures })
      await actOnce(village, problemId, { action: 'complete', effect: doneWords.effect, evidence: doneWords.evidence })
    }
  }
})

const nowOf = (): Pick<Context, 'now' | 'today'> => {
  const now = new Date().toISOString()
  return { now: now as Context['now'], today: dayIn(0) as Context['today'] } // Safe: ISO moments and days
}
const dayIn = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

it('a ledger is pasted, handed on by a letter, answered by the village and struck off by another', async () => {
  const page = await enter(people.office, '/rectification/import')
  await page.getByLabel(/^整改专项/).click()
  await page.getByText('第三季度帮扶工作督查').last().click()
  const rows = [
    '问题描述\t问题类别\t乡镇\t村\t责任单位\t整改时限',
    '村口桥面破损\t基础设施\t菱塘镇\t柳湾村\t柳湾村\t12月底前',
    '\t住房安全\t菱塘镇\t柳湾村\t\t',
  ]
  await page.getByLabel(/粘贴在这里/).fill(rows.join('\n'))
  await page.getByRole('button', { name: '读取粘贴' }).click()
  await page.getByText('共 2 行：可写入 1 行，有错 1 行').waitFor()
  await expectSound(page)
  await keepPicture(page, 'rectification-import')
  await page.getByLabel('第 3 行 问题描述').fill('村部窗户破损')
  await page.getByRole('button', { name: '改好了，再读一遍' }).click()
  await page.getByRole('button', { name: '写入 2 行' }).click()
  await page.getByText('已写入 2 行').waitFor()
  await page.getByRole('link', { name: '回台账' }).click()
  await page.getByRole('table', { name: '问题' }).getByText('村口桥面破损').waitFor()
  await expectSound(page)
  await keepPicture(page, 'rectification-ledger')
  await page.getByRole('button', { name: '看板' }).click()
  await page.getByRole('heading', { level: 2, name: /待验收/ }).waitFor()
  await expectSound(page)
  await keepPicture(page, 'rectification-board')
  await page.getByRole('button', { name: '统计' }).click()
  await page.getByText('各口径合计与总数一致').waitFor()
  await expectSound(page)
  await keepPicture(page, 'rectification-counts')
  await page.goto(`/rectification/letters`)
  await page.getByRole('table', { name: '交办函' }).getByRole('link').first().click()
  await page.getByRole('button', { name: '催办' }).click()
  await page.getByLabel('催办文字').waitFor()
  expect(await page.getByLabel('催办文字').inputValue()).toContain('【催办】')
  await expectSound(page)
  await keepPicture(page, 'rectification-letter')

  const phone = await enter(people.village, '/rectification/problems?view=mine', { width: 360, height: 740 })
  await phone.getByRole('link', { name: /厨房屋顶漏雨/ }).click()
  await phone.getByRole('button', { name: '填原因和措施' }).click()
  await phone.getByLabel(/^原因剖析/).fill('去年大风掀了瓦，没有人管')
  await phone.getByLabel(/^整改措施/).fill('请瓦匠补瓦，村里每月查看')
  await expectSound(phone)
  await keepPicture(phone, 'rectification-phone-plan')
  await phone.getByRole('button', { name: '填原因和措施' }).click()
  await phone.getByRole('button', { name: '报整改完成' }).click()
  await phone.getByLabel(/^整改成效/).fill('已补好，连下三天雨没有漏')
  await phone.getByLabel(/^佐证/).fill('修缮验收单12号')
  await phone.getByRole('button', { name: '报整改完成' }).click()
  await phone.getByText('待验收').first().waitFor()
  await expectSound(phone)
  await keepPicture(phone, 'rectification-phone')

  const desk = await enter(people.inspector, '/rectification/problems?view=open')
  await desk.getByRole('link', { name: /厨房屋顶漏雨/ }).click()
  await desk.getByRole('button', { name: '验收通过' }).click()
  await desk.getByRole('button', { name: '验收通过' }).click()
  await desk.getByRole('button', { name: '销号' }).click()
  await desk.getByRole('button', { name: '销号' }).click()
  await desk.getByText('已销号').first().waitFor()
  await desk.getByRole('button', { name: '举一反三' }).click()
  await desk.getByText('同类问题共').waitFor()
  await expectSound(desk)
  await keepPicture(desk, 'rectification-problem')
  const english = await enter(people.inspector, '/rectification/problems?view=all', { language: 'en' })
  await english.getByRole('table', { name: 'Problems' }).waitFor()
  await expectSound(english)
})

it('an inspection is planned without notice, recorded, and its findings are on the letter of the village', async () => {
  const page = await enter(people.office, '/rectification/inspections')
  await page.getByRole('button', { name: '安排检查' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^检查方式/).click()
  await page.getByTitle('明察暗访').click()
  await page.getByText('看不到这次安排').waitFor()
  await dialog.getByLabel(/^查哪些单位/).click()
  await page.getByTitle('菱塘镇 柳湾村').click()
  await dialog.getByLabel(/^检查人/).fill('暗访一组')
  await keepPicture(page, 'rectification-plan')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByText('已安排 1 次').waitFor()
  await page.getByRole('button', { name: '登记结果' }).click()
  await page.getByLabel('看现场：合格').click()
  await page.getByLabel('“看现场”有什么问题').fill('厨房仍在漏雨')
  await page.getByLabel('现场交办给被查单位').click()
  await page.getByLabel(/^责任人/).fill('村支书')
  await page.getByLabel(/^整改时限/).fill('5个工作日')
  await expectSound(page)
  await keepPicture(page, 'rectification-record')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText(/形成问题 1 个，已列入交办函/).waitFor()
  await page.getByRole('link', { name: '看问题' }).waitFor()
  await expectSound(page)
  await keepPicture(page, 'rectification-inspections')
  await page.getByRole('button', { name: '每月落实' }).click()
  await page.getByText('还没有单位排过').waitFor()
  const phone = await enter(people.village, '/rectification/inspections', { width: 360, height: 740 })
  await phone.getByText('已检查').or(phone.getByText('整改中')).first().waitFor()
  await expectSound(phone)
  await keepPicture(phone, 'rectification-inspections-phone')
})

it.runIf(isFull || process.env['BANGFU_SCREENSHOTS'] !== undefined)('findings and leads become problems from their own pages', async () => {
  const page = await enter(people.office, '/quality/findings?view=todo')
  await page.getByRole('checkbox').nth(1).click()
  await page.getByRole('button', { name: '列为整改问题' }).first().click()
  await page.getByRole('dialog').getByText('把 1 条疑点列为整改问题').waitFor()
  await expectSound(page)
  await keepPicture(page, 'rectification-findings')
  await page.getByRole('button', { name: '列入台账' }).click()
  await page.getByText('新列 1 个').waitFor()
  await page.getByRole('link', { name: '去整改台账' }).click()
  await page.getByRole('table', { name: '问题' }).getByText(/Q006/).waitFor()
  const leads = await enter(people.office, '/screening/leads?view=all')
  await leads.getByRole('checkbox').nth(1).click()
  await leads.getByRole('button', { name: '列为整改问题' }).first().click()
  await leads.getByRole('button', { name: '列入台账' }).click()
  await leads.getByText('新列 1 个').waitFor()
  await expectSound(leads)
  await keepPicture(leads, 'rectification-leads')
})
