import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import type { ClassCounts } from '../../src/modules/cases/contract.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenEmptyCounty } from '../../src/modules/registry/server/import/given.ts'
import { importFiles, makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// A county classifies its households: the county's officer, then the township with its names.
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  const cases = makeCasesPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), makeQualityPlug(parts), makePoliciesPlug(), cases]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper, jobs: cases.jobs ?? [] }
})

let people: { county: GivenUser; township: GivenUser }

beforeAll(async () => {
  const { world } = browser
  const out = join(world.directory, 'county')
  const { county } = await generateCounty({ households: 240, seed: 'classification', out, months: 1, registeredShare: 0.5 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const paths = ['registry', 'national'].flatMap((folder) => readdirSync(join(out, folder)).map((file) => join(out, folder, file)))
  const ctx = world.as(grantSystem(county.code, 'test'))
  const countyPath = `${county.code.slice(0, 2)}.${county.code.slice(0, 4)}.${county.code}.`
  people = {
    county: await givenUser(world.database, { role: 'county-data-officer', areaPath: countyPath, name: '林县办' }),
    township: await townshipOfficer(),
  }
  await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })

  async function townshipOfficer() {
    const areas = await import('../../src/modules/identity/server/index.ts')
    await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths: paths.slice(0, 1) })
    const [township] = (await areas.listAreas(ctx, { level: 'township' })).filter((area) => area.level === 'township')
    return givenUser(world.database, { role: 'township-officer', areaPath: township?.path ?? '', name: '石乡办' })
  }
}, 240_000)

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

async function counts(user: GivenUser): Promise<ClassCounts> {
  const answer = await fetch(`${browser.address}/api/cases/classification-counts`, { headers: { cookie: user.cookie } })
  expect(answer.status).toBe(200)
  // Safe: the route's type.
  return (await answer.json()) as ClassCounts
}

describe('layers and classes of a county', () => {
  it('are judged when the officer asks, add up, and lead from every number to its names', async () => {
    const page = await enter(people.county, '/cases/classification')
    await page.getByRole('button', { name: '现在分类' }).click()
    await page.getByText('合计相符').waitFor()
    await expectSound(page)
    await keepPicture(page, 'classification-matrix')
    const { sum, imbalance } = await counts(people.county)
    expect(imbalance).toEqual([])
    expect(sum.households).toBe(240)
    const second = sum.layer['第二层'] ?? 0
    await page.getByRole('link', { name: new RegExp(`^${second} ?第二层`) }).click()
    await page.getByText(`共 ${second} 条`).waitFor()
    await expectSound(page)
    await keepPicture(page, 'classification-names')
    await page.getByRole('button', { name: '监测信息表内' }).click()
    await page.waitForURL(/inExport=/)
    await page.getByRole('row').nth(1).getByRole('link').click()
    await page.getByText('第二层').first().waitFor()
    await page.locator('details summary', { hasText: '依据' }).first().click()
    await page.getByText(/两层划分 第 \d+ 行/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'classification-household')
  })

  it('are read by a township for its own villages, also on a phone', async () => {
    const page = await enter(people.township, '/cases/classification', { width: 360, height: 740 })
    await page.getByRole('table', { name: '层次 × 劳动分类' }).waitFor()
    expect(await page.getByRole('button', { name: '现在分类' }).count()).toBe(0)
    await expectSound(page)
    await keepPicture(page, 'classification-phone')
    const own = await counts(people.township)
    expect(own.places.every((place) => place.areaPath.startsWith(own.under?.path ?? 'x'))).toBe(true)
    expect(own.sum.households).toBeLessThan(240)
    const names = await enter(people.township, '/cases/classification/names?layer=第二层', { width: 360, height: 740 })
    await names.getByRole('table').waitFor()
    await expectSound(names)
    await keepPicture(names, 'classification-names-phone')
  })

  it('are shown as they were held on a day before, and that nothing was held before the first', async () => {
    const page = await enter(people.county, '/cases/classification?asOf=2020-01-01')
    await page.getByText('那一天还没有分类结果').waitFor()
    await page.getByRole('button', { name: '回到今天' }).click()
    await page.getByText('合计相符').waitFor()
    const day = (await counts(people.county)).asOf
    await page.getByLabel('看某天保存的结果').fill(day)
    await page.getByText(`截至 ${day} 保存的结果`).waitFor()
    await expectSound(page)
    await keepPicture(page, 'classification-day')
  })

  it('stand in English as well', async () => {
    const page = await enter(people.county, '/cases/classification', { language: 'en' })
    await page.getByText('Balanced').waitFor()
    await expectSound(page)
  })
})
