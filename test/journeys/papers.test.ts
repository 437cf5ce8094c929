import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import type { Page } from 'playwright-core'
import { extractText } from 'unpdf'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { givenCaseAt } from '../../src/modules/cases/server/given.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { testNowMs } from '../database.ts'
import { plain, writeDocx } from '../papers/write-docx.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// A village cadre prints the authorisation, has it signed, photographs it back; the county puts a template of its own in place.
const clock = () => testNowMs
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files'), clock }
  const identity = makeIdentityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), makePoliciesPlug(), makeCasesPlug(parts)]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
}, testNowMs)

let cadre: GivenUser
let officer: GivenUser
let caseId = ''
let idNumber = ''

beforeAll(async () => {
  const { world } = browser
  const { villages, countyPath } = await givenCounty(world.database, { clock })
  const path = villages[0]?.path ?? ''
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: path, name: '打印村干', clock })
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: countyPath, name: '模板员', clock })
  const ctx = world.as(grantSystem('990301', 'test'))
  const members = [{ name: '欧阳䶮𬱖', bornOn: '1970-05-01' }]
  const { householdId, persons } = await givenHousehold(ctx, world.vault, {
    areaPath: `${path}01.`,
    village: villages[0]?.name ?? '',
    group: '1组',
    members,
  })
  idNumber = persons[0]?.idNumber ?? ''
  caseId = (await givenCaseAt(ctx, { householdId, step: 'statement' })).caseId
}, 120_000)

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.clock.setFixedTime(testNowMs)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

async function saved(page: Page, button: RegExp): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  return readFileSync(await file.path())
}

describe('a paper', () => {
  it('is printed, signed, photographed back and looked at', async () => {
    const page = await enter(cadre, `/cases/files/${caseId}`)
    await page.getByText('未打印').first().waitFor()
    const pdf = await saved(page, /^PDF.*申请及承诺授权书/)
    const { text } = await extractText(new Uint8Array(pdf), { mergePages: true })
    expect(text.replace(/\s/g, '')).toContain('本人欧阳䶮𬱖')
    expect((await saved(page, /^打印（Word）.*申请及承诺授权书/)).subarray(0, 2).toString()).toBe('PK')
    const picture = await Transformer.fromRgbaPixels(Buffer.alloc(300 * 400 * 4, 210), 300, 400).jpeg(80)
    await page.setInputFiles('input[aria-label="传回签好的《申请及承诺授权书》：照片或 PDF"]', {
      name: '签字.jpg',
      mimeType: 'image/jpeg',
      buffer: picture,
    })
    await page.getByText('已签字传回').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'papers-panel')
    await page.getByRole('button', { name: /^查看第 1 页/ }).click()
    await page.getByRole('img', { name: '《申请及承诺授权书》第 1 页' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'papers-preview')
    await page.keyboard.press('Escape')
    const bad = { name: '签字.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>') }
    await page.setInputFiles('input[aria-label="传回签好的《申请及承诺授权书》：照片或 PDF"]', bad)
    await page.getByText('只收照片（JPG、PNG）和 PDF').waitFor()
  })

  it('shows whole numbers to who may see them, for a reason', async () => {
    const page = await enter(officer, `/cases/files/${caseId}`)
    await page.getByRole('button', { name: /^打印完整证件号码.*申请及承诺授权书/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('为什么要完整号码').fill('农户到场签字，号码要写全')
    await expectSound(page)
    await keepPicture(page, 'papers-whole')
    const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: '打印（PDF）' }).click()])
    const { text } = await extractText(new Uint8Array(readFileSync(await file.path())), { mergePages: true })
    expect(text.replace(/\s/g, '')).toContain(idNumber)
  })

  it('can be sent back from a telephone', async () => {
    const page = await enter(cadre, `/cases/files/${caseId}#case-papers`, { width: 360, height: 740 })
    await page.getByText('已签字传回').first().waitFor()
    await expectSound(page)
    await page.locator('#case-papers').scrollIntoViewIfNeeded()
    await keepPicture(page, 'papers-phone')
  })
})

describe('the templates', () => {
  it('are listed with their fields, and one of the county’s own takes the place of the shipped one', async () => {
    const page = await enter(officer, '/cases/paper-templates')
    await page.getByText('系统自带').first().waitFor()
    const input = 'input[aria-label="上传《审核表》的本县模板（.docx）"]'
    const docx = (buffer: Buffer) => ({ name: '审核表.docx', mimeType: 'application/octet-stream', buffer })
    await page.setInputFiles(input, docx(await writeDocx([plain('{户主}{银行卡号}')])))
    await page.getByText('没有的栏目：银行卡号').waitFor()
    await page.setInputFiles(input, docx(await writeDocx([plain('{户主} 本县审核表')])))
    await page.getByText('《审核表》的新模板已启用').waitFor()
    await page.getByText('栏目说明').first().click()
    await expectSound(page)
    await keepPicture(page, 'paper-templates')
  })
})
