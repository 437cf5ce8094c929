import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { extractText } from 'unpdf'
import { expect } from 'vitest'

/** Types one line into the income sheet of the household, cell by cell as into Excel, and saves it. */
export async function writeIncome(
  page: Page,
  line: Readonly<Record<'item' | 'member' | 'from' | 'to' | 'amount' | 'source' | 'note', string>>,
): Promise<void> {
  await page.getByRole('button', { name: '登记收支' }).click()
  await page.getByRole('grid', { name: '登记收支' }).getByRole('gridcell').first().click()
  for (const text of [line.item, line.member, line.from, line.to, line.amount, line.source, line.note]) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await page.getByRole('button', { name: '保存 1 行' }).click()
  await page.getByRole('row').filter({ hasText: line.item }).filter({ hasText: line.note }).first().waitFor()
}

/** What a button prints (PDF), as the words of its page. */
async function printedBy(page: Page, button: string | RegExp): Promise<string> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).first().click()
  return wordsOf(readFileSync(await (await coming).path()))
}

/** The words of a PDF, without the spaces that lines make. */
async function wordsOf(pdf: Buffer): Promise<string> {
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: true })
  return text.replace(/\s/g, '')
}

/** Prints a paper of a case, looks for words on it, and sends back the photograph of the signed page. */
export async function filePaper(page: Page, given: { name: string; says: readonly string[] }): Promise<void> {
  const { name, says } = given
  const paper = await printedBy(page, new RegExp(`^PDF.*${name}`))
  for (const words of says) expect(paper).toContain(words)
  const signed = { name: '签字页.png', mimeType: 'image/png', buffer: await page.screenshot() }
  await page.locator(`input[aria-label="传回签好的《${name}》：照片或 PDF"]`).first().setInputFiles([signed])
  await page.getByRole('listitem').filter({ hasText: name }).first().getByText('已签字传回').waitFor()
}

const representatives = ['毛代表', '花代表', '凤代表', '史代表', '唐代表', '费代表']

/** From the page of a case: a meeting is called, everybody comes and agrees, it is closed, and the signed sheet is photographed. */
export async function holdMeeting(page: Page, given: { head: string; isFirst: boolean }): Promise<void> {
  await page.getByRole('button', { name: '去召开' }).click()
  await page.getByRole('heading', { level: 1, name: '召开评议会' }).waitFor()
  if (given.isFirst) {
    await page.getByLabel('地点').fill('村部会议室')
    await addPeople(page, 'committee', ['柳支书'])
    await addPeople(page, 'representative', representatives)
  }
  await page.getByRole('button', { name: '发起会议' }).click()
  await page.getByRole('button', { name: '全部到会' }).click()
  await page.getByLabel('主持人').selectOption({ label: '柳支书' })
  await page.getByRole('button', { name: `${given.head} 全票同意` }).click()
  await page.getByLabel('记录人').fill('毛代表')
  await page.getByRole('textbox', { name: /会议记录/ }).fill('逐户介绍情况，代表发言，举手表决。')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('都齐了').waitFor()
  await page.getByRole('button', { name: '办结' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
  await page.getByText('签字后拍照上传').waitFor()
  const minutes = await printedBy(page, '打印会议记录')
  for (const words of [given.head, '柳支书', '毛代表', '举手表决']) expect(minutes).toContain(words)
  const sheet = { name: '签字表.png', mimeType: 'image/png', buffer: await page.screenshot() }
  await page.locator('input[type="file"][aria-label="上传签字表照片"]').setInputFiles([sheet])
  await page.getByRole('button', { name: '查看签字表' }).waitFor()
}

async function addPeople(page: Page, capacity: string, names: readonly string[]): Promise<void> {
  await page.getByLabel('身份', { exact: true }).selectOption(capacity)
  for (const name of names) {
    await page.getByLabel('添加人员').fill(name)
    await page.getByLabel('添加人员').press('Enter')
  }
}

/** From the page of a case: its village drafts and submits a notice. Returns its address. */
export async function draftNotice(page: Page, given: { head: string; risk?: string }): Promise<string> {
  const { head, risk } = given
  await page.getByRole('button', { name: '新编公示' }).click()
  await page.getByRole('button', { name: '保存草稿' }).waitFor()
  if (risk !== undefined) await page.getByLabel(`${head} 主要风险`).selectOption(risk)
  await page.getByRole('button', { name: '看样张、查一遍' }).click()
  await page.getByText('没有发现不能公开的信息').waitFor()
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('等乡镇或县里另一人审核发布').waitFor()
  return new URL(page.url()).pathname
}

/** Another office releases it. */
export async function releaseNotice(page: Page): Promise<void> {
  await page.getByRole('button', { name: '审核发布' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '审核发布' }).click()
  await page.getByText('已发布，等村里打印').waitFor()
}

/** The village prints and posts it, and photographs the board; no full name and no number is on it. */
export async function postNotice(page: Page, given: { address: string; head: string }): Promise<void> {
  const { address, head } = given
  await page.getByRole('link', { name: '打印公示' }).click()
  await page
    .getByText(`${head.slice(0, 1)}*${head.slice(2)}`)
    .first()
    .waitFor()
  expect(await page.getByText(head).count()).toBe(0)
  await page.goto(address)
  await page.getByRole('button', { name: '登记张贴' }).click()
  await page
    .getByText(/还剩 \d+ 天/)
    .first()
    .waitFor()
  const picture = { name: '公示栏.png', mimeType: 'image/png', buffer: await page.screenshot() }
  await page.locator('input[type=file]').setInputFiles([picture])
  await page.getByRole('img', { name: '公示栏.png' }).waitFor()
}
