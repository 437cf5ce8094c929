import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dayOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { generateCounty, type GenerateReceipt } from '#modules/demo/server/module.ts'
import { NamedError } from '#kernel/pure/errors/index.ts'
import type { RoleKey } from '#modules/identity/contract.ts'
import { createUser, foundCounty, importAreas, listAreas, readAreaSheet, setDemoPassword } from '#modules/identity/server/module.ts'
import { importFiles } from '#modules/registry/server/module.ts'
import { compareFiles } from '#modules/screening/server/module.ts'
import { commandContext } from './command-context.ts'
import { carryDemoCases } from './demo-cases.ts'
import { answerDemoLeads } from './demo-leads.ts'
import { fillDemoLedgers } from './demo-ledgers.ts'
import { checkDemoQuality } from './demo-quality.ts'
import { carryDemoRectification } from './demo-rectification.ts'
import { carryDemoSurvey } from './demo-surveys.ts'
import { keepDemoAccounts } from './demo-accounts.ts'
import type { Installation } from './installation.ts'
import { listSheetFiles } from './list-files.ts'
import { makeProgress, type Progress } from './progress.ts'

const demoHouseholds = 3000
const demoMonths = 2

/** Makes the demo county: invented people, their register and exports imported, two months of departments' lists compared. */
export async function loadDemoCounty(installation: Installation): Promise<void> {
  const progress = makeProgress(false)
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-demo-'))
  try {
    progress.step('生成示范县 making the demo county')
    const made = await generateCounty({
      households: demoHouseholds,
      seed: 1,
      out: folder,
      months: demoMonths,
      startMonth: monthsAgo(demoMonths),
    })
    const ctx = await foundDemo(installation, made, folder)
    const townshipPath = await makeAccounts(ctx, installation)
    await importRegister(ctx, installation, { folder, progress })
    for (const month of made.months) await compareMonth(ctx, installation, { folder, month, progress })
    const [firstMonth] = made.months
    if (firstMonth !== undefined) {
      progress.step('核实线索 answering leads')
      await answerDemoLeads(ctx, installation, firstMonth)
    }
    progress.step('办理个案 carrying cases')
    await carryDemoCases(ctx, installation, townshipPath)
    progress.step('电话调查 a phone survey')
    await carryDemoSurvey(ctx, installation, townshipPath)
    progress.step('整改问题 mending problems')
    await carryDemoRectification(ctx, installation, townshipPath)
    progress.step('填写台账 filling the ledgers')
    await fillDemoLedgers(ctx, installation, townshipPath)
    progress.step('检查数据质量 checking the data')
    await checkDemoQuality(ctx, installation, townshipPath)
    progress.end()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const administrators = [
  { role: 'system-administrator', name: '系统管理员（示范）', loginName: 'system' },
  { role: 'security-administrator', name: '安全管理员（示范）', loginName: 'security' },
  { role: 'audit-administrator', name: '审计管理员（示范）', loginName: 'audit' },
] as const

async function foundDemo(installation: Installation, made: GenerateReceipt, folder: string): Promise<Context> {
  const { county } = made
  await foundCounty(installation.database, Date.now, {
    countyCode: county.code,
    name: county.name,
    provinceName: county.province,
    prefectureName: county.prefecture,
    isDemo: true,
    administrators: [...administrators],
  })
  const ctx = commandContext(installation, { countyCode: county.code, command: 'demo' })
  const lines = readFileSync(join(folder, 'areas.csv'), 'utf8')
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/)
  const rows = readAreaSheet(lines.map((line) => line.split(',')))
  if (rows === undefined) throw new Error('the demo county has no readable list of areas')
  await importAreas(ctx, { rows, isDryRun: false })
  return ctx
}

interface Loading {
  folder: string
  progress: Progress
}

async function importRegister(ctx: Context, installation: Installation, { folder, progress }: Loading): Promise<void> {
  const { vault, filesDirectory } = installation
  const imported = await importFiles(
    ctx,
    { vault, filesDirectory },
    {
      paths: listSheetFiles([join(folder, 'registry'), join(folder, 'national')]),
      sender: '示范数据',
      onProgress: (step) => progress.step(`导入 importing ${step.fileName}`, step.done, step.total),
    },
  )
  const refused = imported.files.find((file) => file.error !== undefined)
  if (refused?.error !== undefined) throw new NamedError(refused.error.code, 500, refused.error.details)
}

async function compareMonth(ctx: Context, installation: Installation, given: Loading & { month: string }): Promise<void> {
  const { folder, month, progress } = given
  const { vault, filesDirectory } = installation
  await compareFiles({ vault, filesDirectory }, ctx, {
    paths: [join(folder, 'departments', month)],
    month,
    sender: '各部门（示范）',
    purpose: '示范：防返贫监测比对',
    legalBasis: '示范数据，均为虚构',
    sharingItem: '示范：各部门清单',
    expiresOn: ctx.today,
    retentionDays: 0,
    onProgress: (rows) => progress.step(`比对 comparing ${month}`, rows),
  })
}

/** One account a role, the local ones in the township and village that come first; returns the township's path. */
async function makeAccounts(ctx: Context, installation: Installation): Promise<string> {
  const areas = await listAreas(ctx, { level: 'village' })
  const county = areas.find((area) => area.level === 'county')
  const township = areas.find((area) => area.level === 'township')
  const village = areas.find((area) => area.level === 'village' && township !== undefined && area.parentPath === township.path)
  if (county === undefined || township === undefined || village === undefined) throw new Error('the demo county has no village')
  const wanted: { loginName: string; name: string; role: RoleKey; roleName: string; area: typeof county }[] = [
    { loginName: 'county', name: '示范·县数据员', role: 'county-data-officer', roleName: '县数据管理员', area: county },
    { loginName: 'leader', name: '示范·县领导', role: 'county-leader', roleName: '县领导', area: county },
    { loginName: 'township', name: '示范·乡镇干部', role: 'township-officer', roleName: '乡镇干部', area: township },
    { loginName: 'village', name: '示范·村干部', role: 'village-cadre', roleName: '村干部', area: village },
    { loginName: 'supervisor', name: '示范·督查员', role: 'supervisor', roleName: '督查人员', area: county },
  ]
  const password = `demo-${randomBytes(4).toString('hex')}`
  for (const { area, role, loginName, name } of wanted) {
    await inTransaction(ctx, async (db) => {
      const account = await createUser({ ...ctx, db }, { name, loginName, roles: [role], areaPath: area.path }, installation.vault)
      await setDemoPassword({ ...ctx, db }, { userId: account.userId, password })
    })
  }
  const accounts = wanted.map(({ loginName, name, roleName, area }) => ({ loginName, name, role: roleName, area: area.name }))
  keepDemoAccounts(installation.config.dataDirectory, { password, accounts })
  return township.path
}

/** The month that lies `count` months back, so that the demo's lists end with last month. */
function monthsAgo(count: number): string {
  const today = dayOf(Date.now())
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - count
  return `${Math.floor(months / 12)}${String((months % 12) + 1).padStart(2, '0')}`
}
