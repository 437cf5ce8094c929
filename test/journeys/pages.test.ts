import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { addGivenOrganisation, givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeLedgersPlug } from '../../src/modules/ledgers/server/module.ts'
import { publishTemplate, saveDraft } from '../../src/modules/ledgers/server/templates.ts'
import { makeRecord } from '../../src/modules/ledgers/server/write-record.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { testNowMs } from '../database.ts'
import { expectSound, keepPicture, openBrowserWorld } from './browser.ts'

// From a household to one of its members, to the village, to what a ledger says, to the firm that it names.
const clock = () => testNowMs
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files'), clock }
  const identity = makeIdentityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeLedgersPlug(parts)]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper, clock }
}, testNowMs)
const words = (zh: string) => ({ zh, en: zh })
const roles = ['county-data-officer', 'village-cadre']
const posts = {
  key: 'own.posts',
  name: words('岗位台账'),
  about: 'person',
  title: 'post',
  fields: [
    { key: 'post', name: words('岗位'), kind: 'text', required: true },
    { key: 'who', name: words('人员'), kind: 'person', required: true },
    { key: 'firm', name: words('用工单位'), kind: 'organisation' },
    { key: 'village', name: words('用工村'), kind: 'area' },
    { key: 'paid', name: words('补贴'), kind: 'money' },
    { key: 'on', name: words('上岗日'), kind: 'date' },
  ],
  states: [{ key: 'open', name: words('在岗') }],
  deadlines: [{ key: 'check', name: words('核查'), from: 'field:on', days: 10, calendar: 'calendar' }],
  list: { columns: ['post', 'on', 'paid', 'firm'], offered: ['post', 'paid'], sums: ['paid'] },
  print: { title: words('岗位登记表'), sheet: ['post'], list: ['post'] },
  access: { read: roles, write: roles },
} as const

let county: GivenCounty
let officer: GivenUser
let householdId = ''

beforeAll(async () => {
  const { world } = browser
  county = await givenCounty(world.database, { clock })
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '县级数据员', clock })
  const ctx = world.as(grantCounty(county.countyCode), { id: 'test:county', roles: ['county-data-officer'] })
  const areaPath = county.villages[0]?.path ?? ''
  const members = [{ name: '柳树青' }, { name: '柳叶儿', relation: '之女' }]
  const home = await givenHousehold(ctx, world.vault, { areaPath, group: '2组', members })
  householdId = home.householdId
  const firm = await addGivenOrganisation(ctx, '柳湾果业专业合作社')
  const { revision } = await saveDraft(ctx, { templateKey: posts.key, template: structuredClone(posts) as never }) // Safe: as a template is written
  await publishTemplate(ctx, { templateKey: posts.key, revision })
  const deps = { vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const values = {
    post: '分拣工',
    who: { id: home.persons[1]?.personId },
    firm: { id: firm },
    village: { id: areaPath },
    paid: '1200',
    on: '2023-12-01',
  }
  await makeRecord(ctx, deps, { templateKey: posts.key, values })
}, 120_000)

const headed = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

describe('pages of a person, a village and an organisation', () => {
  it('lead to one another, say what the ledgers say, and a firm is renamed with its history', async () => {
    const page = await browser.openPage({ as: officer })
    await page.clock.setFixedTime(testNowMs)
    await page.goto(`/registry/households/${householdId}`)
    await page.getByRole('link', { name: '柳叶儿' }).click()
    await headed(page, '柳叶儿')
    await page.getByText('补贴 1,200.00 元').waitFor()
    await page.getByText('逾期（2023-12-11）').waitFor()
    await page.getByRole('link', { name: '柳树青', exact: true }).waitFor()
    await keepPicture(page, 'page-person')
    await expectSound(page)
    await page.getByRole('link', { name: '柳湾村' }).click()
    await headed(page, '柳湾村')
    await page.getByRole('link', { name: '一般农户' }).waitFor()
    await keepPicture(page, 'page-village')
    await expectSound(page)
    await page.getByRole('link', { name: '分拣工' }).click()
    await page.getByRole('link', { name: '柳湾果业专业合作社' }).click()
    await headed(page, '柳湾果业专业合作社')
    await page.getByRole('link', { name: '分拣工' }).waitFor()
    await page.getByRole('button', { name: '修改' }).click()
    await page.getByLabel('单位名称').fill('荷坪果业专业合作社')
    await page.getByLabel('原因').fill('更名，见营业执照')
    await page.getByRole('button', { name: '保存' }).click()
    await headed(page, '荷坪果业专业合作社')
    await page.getByText('柳湾果业专业合作社（用到 2023-12-18）').waitFor()
    await keepPicture(page, 'page-organisation')
    await expectSound(page)
  })

  it('fit a phone', async () => {
    const page = await browser.openPage({ as: officer, width: 360, height: 740 })
    await page.clock.setFixedTime(testNowMs)
    await page.goto(`/registry/villages/${county.villages[0]?.path ?? ''}`)
    await page.getByRole('link', { name: '分拣工' }).waitFor()
    await keepPicture(page, 'page-village-phone')
    await expectSound(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  })
})
