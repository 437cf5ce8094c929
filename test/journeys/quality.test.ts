import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { addDays, dayOf } from '../../src/kernel/pure/time/index.ts'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import type { ServerPlug } from '../../src/kernel/server/http/index.ts'
import { startJobs, type Jobs } from '../../src/kernel/server/jobs/index.ts'
import { makeLog } from '../../src/kernel/server/log/index.ts'
import { openSheetFile, readSheets } from '../../src/kernel/server/sheets/index.ts'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { expireExceptions } from '../../src/modules/quality/server/jobs/check-jobs.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import type { FindingFile, FindingPage, Overview } from '../../src/modules/quality/rules/worklist-records.ts'
import { givenEmptyCounty } from '../../src/modules/registry/server/import/given.ts'
import { importFiles, makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { drawn } from '../chance.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

let quality: ServerPlug | undefined
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  quality = makeQualityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), quality]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
})

let jobs: Jobs | undefined
let people: { county: GivenUser; other: GivenUser; township: GivenUser; village: GivenUser }
let home: { householdId: string; personId: string; name: string; sex: string; village: string; path: string }

beforeAll(async () => {
  const { world } = browser
  const out = join(world.directory, 'county')
  const { county } = await generateCounty({ households: 200, seed: 'quality', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const paths = ['registry', 'national'].flatMap((folder) => readdirSync(join(out, folder)).map((file) => join(out, folder, file)))
  const deps = { vault: world.vault, filesDirectory: join(world.directory, 'files') }
  await importFiles(world.as(grantSystem(county.code, 'test')), deps, { paths })
  const user = (role: 'county-data-officer' | 'township-officer' | 'village-cadre', areaPath: string, name: string) =>
    givenUser(world.database, { role, areaPath, name })
  const countyPath = `${county.code.slice(0, 2)}.${county.code.slice(0, 4)}.${county.code}.`
  const officer = await user('county-data-officer', countyPath, '林县办')
  home = await someHome(officer)
  people = {
    county: officer,
    other: await user('county-data-officer', countyPath, '林副办'),
    township: await user('township-officer', cut(home.path, 4), '林乡办'),
    village: await user('village-cadre', cut(home.path, 5), '林村办'),
  }
}, 240_000)

afterAll(async () => {
  await jobs?.stop()
})

describe('data quality as a worklist that can be finished', () => {
  it('begins empty, checks the whole county, and shows what is open by place and rule', async () => {
    const page = await enter(people.county, '/quality')
    await page.getByText('还没有检查过。').waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-empty')
    await page.getByRole('button', { name: '重新检查全县' }).click()
    await page.getByText('正在读取台账').waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-running')
    // From here on the background works; the check answers for the imports that wait to be checked as well.
    const { database } = browser.world
    jobs = await startJobs({ access: inject('serverAccess'), database, jobs: quality?.jobs ?? [], log: makeLog('silent') })
    await page.getByRole('table', { name: '按地方' }).waitFor()
    await page.getByText(/林县办检查 \d+ 户/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-overview')
    const total = (await ask<Overview>(page, '/quality/overview')).sum.total
    expect(total).toBeGreaterThan(0)
    await page.getByRole('link', { name: /待修正/ }).click()
    await page.getByText(`共 ${total.toLocaleString('en')} 条`).waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-findings')
  })

  it('sends what a village has to mend, and says beforehand who gets how many', async () => {
    await setSex(home.sex === '男' ? '女' : '男') // a mistake somebody makes: the household is checked again by itself
    await sexFinding('open')
    const page = await enter(people.township, '/quality')
    await page.getByRole('button', { name: `发给村 ${home.village}` }).click()
    await page.getByText('要求').waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-send')
    await page.getByRole('button', { name: /^发出 \d+ 条$/ }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await sexFinding('sent')).sentTo).toBe('village')
  })

  it('gives the village its list on paper', async () => {
    const page = await enter(people.village, '/quality')
    await page.getByRole('button', { name: `导出 ${home.village}` }).click()
    await page.getByLabel('用途（至少 4 个字）').fill('入户核对修正')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出', exact: true }).click()])
    const cells: string[] = []
    for await (const block of readSheets(await openSheetFile({ path: await download.path() })))
      for (const row of block.rows) cells.push(...row.cells)
    expect(cells).toContain('出生日期或性别与身份证号不一致')
    expect(cells.join('\n')).toMatch(/导出人：林村办.*用途：入户核对修正/)
  })

  it('proposes the right value in one click; once it is applied the finding is gone, and it counts when it comes back', async () => {
    const page = await enter(people.village, `/quality/findings?view=mine&rule=Q006`, { width: 360, height: 740 })
    await page.getByRole('table', { name: '疑点列表' }).getByRole('link').first().click()
    await page.getByText('依据：身份证号').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-finding-phone')
    await page.getByRole('button', { name: '提出纠错' }).first().click()
    await page.getByText('已提出纠错').waitFor()
    const proposed = await sexFinding('sent')
    const correctionId = (await fileOf(proposed.findingId)).correctionId ?? ''
    await decide(correctionId)
    const gone = await sexFinding('fixed')
    expect(gone.recurrence).toBe(0)
    await setSex(home.sex === '男' ? '女' : '男')
    expect((await sexFinding('open')).recurrence).toBe(1)
  })

  it('lets a village say that it is right as it is; the county grants it until a day, and then it is open again', async () => {
    const village = await enter(people.village, '/quality/findings?view=mine&rule=Q006')
    await village.getByRole('table', { name: '疑点列表' }).getByRole('link').first().click()
    await village.getByLabel('情况属实，不用改', { exact: true }).check()
    await village.getByLabel(/^原因/).fill('本人已变更，证件待换')
    await expectSound(village)
    await keepPicture(village, 'quality-answer')
    await village.getByLabel(/^原因/).press('Control+Enter')
    await village.getByText('等您办的疑点已经办完').or(village.getByText('申请例外，待县里答复')).first().waitFor()
    const page = await enter(people.county, '/quality/exceptions?state=asked')
    await page.getByText('本人已变更，证件待换').waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-exceptions')
    await page.getByRole('button', { name: '批准', exact: true }).click()
    const untilOn = addDays(dayOf(Date.now()), 30)
    await page.getByLabel(/^截止日期/).fill(untilOn)
    await expectSound(page)
    await keepPicture(page, 'quality-grant')
    await page.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await sexFinding('excepted')
    const { database, vault } = browser.world
    const later = () => Date.now() + 31 * 86_400_000
    expect(await expireExceptions({ database, vault, clock: later })).toBe(1)
    await sexFinding('open')
  })

  it('stands on the first page and on the page of the household, also in English and in large type', async () => {
    const page = await enter(people.township, '/')
    await page.getByRole('link', { name: /等我办的数据疑点/ }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'quality-today')
    await page.goto(`/registry/households/${home.householdId}`)
    const panel = page.getByRole('link', { name: '出生日期或性别与身份证号不一致' })
    await panel.waitFor()
    await expectSound(page)
    await panel.scrollIntoViewIfNeeded()
    await keepPicture(page, 'quality-household')
    for (const options of drawn('quality', 1, [{ language: 'en' }, { density: 'large' }, { width: 360, height: 740 }] as const)) {
      const other = await enter(people.county, '/quality', options)
      await other.getByRole('table').first().waitFor()
      await expectSound(other)
      await keepPicture(other, `quality-overview-${JSON.stringify(options).replaceAll(/\W/g, '')}`)
      await other.goto('/quality/findings?view=todo')
      await other.getByRole('table').first().waitFor()
      await expectSound(other)
      await keepPicture(other, `quality-findings-${JSON.stringify(options).replaceAll(/\W/g, '')}`)
    }
  })

  it('is worked by keyboard alone: J, Enter, answer, Ctrl+Enter', async () => {
    const page = await enter(people.village, '/quality/findings?view=mine')
    const rows = page.getByRole('table', { name: '疑点列表' }).getByRole('row')
    await rows.nth(1).waitFor()
    const before = await rows.count()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByLabel('已在国家系统改', { exact: true }).focus()
    await page.keyboard.press('Space')
    await page.getByLabel(/^说明/).focus()
    await page.keyboard.type('已改好')
    await page.keyboard.press('Control+Enter')
    await vi.waitFor(async () => expect(await rows.count()).toBe(before - 1), { timeout: 100_000 })
  })
})

/** A household that the national system's exports hold, and a member of it. */
async function someHome(officer: GivenUser): Promise<typeof home> {
  const list = await askAs<{ items: { householdId: string }[] }>(
    officer,
    `/registry/households?type=${encodeURIComponent('脱贫户')}&limit=50`,
  )
  for (const { householdId } of list.items) {
    const found = await askAs<{
      village: string
      areaPath: string
      members: { personId: string; name: string; sex?: string; isHead: boolean }[]
    }>(officer, `/registry/households/${householdId}`)
    const member = found.members.find((one) => !one.isHead && one.sex !== undefined)
    if (member === undefined) continue
    const sex = member.sex === 'male' ? '男' : '女'
    return { householdId, personId: member.personId, name: member.name, sex, village: found.village, path: found.areaPath }
  }
  throw new Error('the generated county has a household out of poverty with two members')
}

/** Corrects the sex of the member, as somebody of the county would. */
async function setSex(sex: string): Promise<void> {
  const proposed = await send<{ correctionId: string }>('/registry/corrections', {
    householdId: home.householdId,
    personId: home.personId,
    field: 'sex',
    newValue: sex,
    source: '电话核实',
  })
  await decide(proposed.correctionId)
}

async function decide(correctionId: string): Promise<void> {
  await send(`/registry/corrections/${correctionId}/decide`, { revision: 1, decision: 'apply' })
}

/** The finding about the member's sex, once it stands like this: the check after a change runs by itself. */
async function sexFinding(state: 'open' | 'sent' | 'excepted' | 'fixed'): Promise<FindingPage['items'][number]> {
  return vi.waitFor(
    async () => {
      const path = `/quality/findings?rule=Q006&householdId=${home.householdId}&state=${state}`
      const found = (await askAs<FindingPage>(people.county, path)).items.find((one) => one.personName === home.name)
      if (found === undefined) throw new Error(`no finding is ${state} yet`)
      return found
    },
    { timeout: 100_000, interval: 100 },
  )
}

const fileOf = (findingId: string) => askAs<FindingFile>(people.county, `/quality/findings/${findingId}`)

async function askAs<Answer>(user: GivenUser, path: string): Promise<Answer> {
  const answer = await fetch(`${browser.address}/api${path}`, { headers: { cookie: user.cookie } })
  expect(answer.status, path).toBe(200)
  // Safe: the route's types make the answer.
  return (await answer.json()) as Answer
}

async function ask<Answer>(page: Page, path: string): Promise<Answer> {
  // Safe: the route's types make the answer.
  return (await (await page.request.get(`/api${path}`)).json()) as Answer
}

let sends = 0
async function send<Answer>(path: string, body: object): Promise<Answer> {
  sends += 1
  const headers = { cookie: people.county.cookie, 'content-type': 'application/json', 'idempotency-key': `quality-journey-${sends}` }
  const answer = await fetch(`${browser.address}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status, `${path} ${await answer.clone().text()}`).toBe(200)
  // Safe: the route's types make the answer.
  return (await answer.json()) as Answer
}

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

function cut(path: string, depth: number): string {
  return `${path.split('.').slice(0, depth).join('.')}.`
}
