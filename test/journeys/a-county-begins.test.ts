import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { drawn } from '../chance.ts'
import { expectSound, keepPicture, openBrowserWorld } from './browser.ts'

const passwords = new Map<string, string>()
const own = 'Xinmima-2023-hao'
const areas = [
  ['乡镇代码', '乡镇', '村代码', '村'],
  ['990311101', '松岭镇', '990311101201', '上湾村'],
  ['990311101', '松岭镇', '990311101202', '下湾村'],
  ['990311102', '柳塘乡', '990311102201', '塘头村'],
]
const people = [
  ['姓名', '手机号', '单位', '角色', '辖区'],
  ['程一', '15400000001', '', '乡镇干部', '松岭镇'],
  ['程二', '15400000002', '', '村干部', '松岭镇/上湾村'],
  ['程三', '15400000003', '', '村干部', '没有的村'],
]

const browser = openBrowserWorld((world) => {
  const identity = makeIdentityPlug({ database: world.database, vault: world.vault })
  return { routes: identity.routes, gatekeeper: identity.gatekeeper }
})

describe('a county begins', () => {
  it('shows a login that can be read in both type sizes, on a desk and on a phone', async () => {
    for (const [name, options] of drawn('login', 2, [
      ['login', {}],
      ['login-large', { density: 'large' }],
      ['login-en', { language: 'en' }],
      ['login-phone', { width: 360, height: 740 }],
      ['login-narrow', { width: 320, height: 640 }],
    ] as const)) {
      const page = await browser.openPage(options)
      await page.goto('/')
      await page.locator('a[href="/identity/found"]').waitFor()
      await expectSound(page)
      await keepPicture(page, name)
      await page.context().close()
    }
  })

  it('founds the county and shows three passwords once', async () => {
    const page = await browser.openPage()
    await page.goto('/identity/found')
    await page.getByRole('button', { name: '建立' }).click()
    await page.getByText('应为 6 位数字').waitFor()
    await expectSound(page)
    await keepPicture(page, 'found-problems')
    await page.getByLabel('县级行政区划代码').fill('990311')
    await page.getByLabel('县名').fill('云溪县')
    for (const [index, person] of ['sys', 'sec', 'aud'].entries()) {
      await page
        .getByLabel('姓名')
        .nth(index)
        .fill(`管理员${index + 1}`)
      await page.getByLabel('用户名').nth(index).fill(person)
    }
    await keepPicture(page, 'found')
    await page.getByRole('button', { name: '建立' }).click()
    await page.getByRole('heading', { name: '云溪县 已建立' }).waitFor()
    for (const row of await page.locator('tbody tr').all()) {
      const cells = await row.locator('td').allTextContents()
      passwords.set(cells[2] ?? '', cells[3] ?? '')
    }
    expect([...passwords.keys()]).toEqual(['sys', 'sec', 'aud'])
    await expectSound(page)
    await keepPicture(page, 'founded')
  })

  it('asks for a password of one’s own at the first login, and says so when a password is wrong', async () => {
    const page = await browser.openPage()
    await logIn(page, 'sys', 'not this one')
    await page.getByText('用户名或密码不对').waitFor()
    await keepPicture(page, 'login-refused')
    await expectSound(page)
    await logIn(page, 'sys', passwords.get('sys') ?? '')
    await page.getByRole('heading', { name: '修改密码' }).waitFor()
    await page.getByLabel('当前密码').fill(passwords.get('sys') ?? '')
    await page.getByLabel('新密码', { exact: true }).fill(own)
    await page.getByLabel('再输一次新密码').fill(own)
    await expectSound(page)
    await keepPicture(page, 'password')
    await page.getByRole('button', { name: '修改密码' }).click()
    await page.getByRole('heading', { name: '今天要办' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'today-empty')
  })

  it('imports the list of areas after its differences were shown', async () => {
    const page = await enter({})
    await page.getByRole('link', { name: '区划组织' }).click()
    await page.getByRole('button', { name: '导入区划名单' }).click()
    await page.getByLabel('粘贴区').waitFor()
    await expectSound(page)
    await keepPicture(page, 'areas-paste')
    await paste(page, '粘贴区', areas)
    await page.getByRole('button', { name: '执行导入' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'areas-differences')
    await page.getByRole('button', { name: '执行导入' }).click()
    await page.getByText('已导入：新增 5').waitFor()
    await page.getByRole('button', { name: '查看区划' }).click()
    await page.getByText('松岭镇').click()
    await page.getByText('上湾村').waitFor()
    await page.getByLabel('新增单位').fill('民政局')
    await page.getByRole('button', { name: '添加' }).click()
    await page.getByRole('cell', { name: '民政局' }).waitFor()
    await page.getByLabel('备案号').fill('湘数备 2023-001')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存。').waitFor()
    await expectSound(page)
    await keepPicture(page, 'areas')
  })

  it('makes accounts from a pasted sheet and keeps what was refused for mending', async () => {
    const page = await enter({})
    await page.getByRole('link', { name: '用户权限' }).click()
    await page.getByRole('button', { name: '批量建立' }).click()
    await paste(page, '粘贴区', people)
    await page.getByRole('button', { name: '建立 3 个账号' }).waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: '建立 3 个账号' }).click()
    await page.getByText('已建立 2 个账号，1 行没有建立').waitFor()
    await expectSound(page)
    await keepPicture(page, 'bulk-refused')
    await page.getByRole('gridcell', { name: '没有的村' }).dblclick()
    await page.getByRole('textbox', { name: '辖区' }).fill('柳塘乡/塘头村')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '建立 1 个账号' }).click()
    await page.getByText('已建立 3 个账号。').waitFor()
    await page.getByRole('button', { name: '已交接，完成' }).click()
    await page.getByRole('cell', { name: '程三', exact: true }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'users')
  })

  it('makes one account with the roles that fit its area, and resets its password', async () => {
    const page = await enter({ density: 'large' })
    await page.goto('/identity/users/new')
    await page.getByLabel('姓名').fill('程四')
    await page.getByLabel('用户名').fill('cheng.si')
    await page.getByLabel('辖区').click()
    await page.getByTitle('松岭镇 / 下湾村').click()
    await page.getByLabel('角色').click()
    await page.getByTitle('村干部').click()
    await page.keyboard.press('Escape')
    await expectSound(page)
    await keepPicture(page, 'new-user-large')
    await page.getByRole('button', { name: '建立账号' }).click()
    await page.getByText('只显示这一次').waitFor()
    await page.getByRole('button', { name: '已交接，完成' }).click()
    await page.getByRole('button', { name: '办理：程四' }).click()
    await page.getByRole('button', { name: '重置密码' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'manage-user-large')
    await page.getByRole('button', { name: '重置密码' }).click()
    await page.getByText('原密码立即失效').waitFor()
    await page.getByRole('button', { name: '重置密码' }).click()
    await page.getByText('只显示这一次').waitFor()
    await expectSound(page)
  })

  it('shows no menu entry and no page to a role that may not see it', async () => {
    const page = await browser.openPage()
    await logIn(page, 'aud', passwords.get('aud') ?? '')
    await changePassword(page, passwords.get('aud') ?? '')
    await page.getByRole('link', { name: '用户权限' }).waitFor()
    expect(await page.getByRole('link', { name: '区划组织' }).count()).toBe(0)
    await page.goto('/identity/users')
    await page.getByRole('cell', { name: '程一', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: '新建用户' }).count()).toBe(0)
  })

  it('keeps language and type size, and leaves nothing behind after the logout', async () => {
    const page = await enter({})
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'To do today' }).waitFor()
    await page.getByRole('button', { name: 'Large' }).click()
    await page.reload()
    await page.getByRole('heading', { name: 'To do today' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'today-en-large')
    await page.getByRole('button', { name: /^Menu of/ }).click()
    await expectSound(page)
    await keepPicture(page, 'caller-menu')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByText('湘数备 2023-001').waitFor()
    await page.goto('/identity/users')
    await page.getByRole('button', { name: 'Log in' }).waitFor()
  })
})

async function logIn(page: Page, loginName: string, password: string): Promise<void> {
  if (!page.url().includes('/identity/login')) await page.goto('/identity/login')
  await page.getByLabel('用户名').fill(loginName)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

async function changePassword(page: Page, current: string): Promise<void> {
  await page.getByLabel('当前密码').fill(current)
  await page.getByLabel('新密码', { exact: true }).fill(own)
  await page.getByLabel('再输一次新密码').fill(own)
  await page.getByRole('button', { name: '修改密码' }).click()
}

/** Logs the system administrator in, who has a password of his own by now. */
async function enter(options: Parameters<typeof browser.openPage>[0]): Promise<Page> {
  const page = await browser.openPage(options)
  await logIn(page, 'sys', own)
  await page.getByRole('heading', { name: '今天要办' }).waitFor()
  return page
}

/** Pastes a block as Excel copies it. */
async function paste(page: Page, label: string, rows: readonly (readonly string[])[]): Promise<void> {
  const text = rows.map((row) => row.join('\t')).join('\n')
  await page.getByLabel(label).evaluate((box, block) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', block)
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}
