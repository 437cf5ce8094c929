import { findHeader, openSheetFile, readSheetsSandboxed, type RowBlock } from '#kernel/server/sheets/index.ts'
import { foundCounty } from '#modules/identity/server/module.ts'
import { startErrors } from './command-context.ts'
import type { Installation } from './installation.ts'

/** A county as its files name it. */
export interface FoundInFiles {
  code: string
  name: string | undefined
}

const codeLabels = ['户编号', '区划代码', '行政区划代码', '县代码']
const nameLabels = ['县', '县(市、区、旗)', '县（市、区）', '县(区)', '所在县', '区县']

/** The county that the files speak of: the first six digits of most household numbers or area codes, and the name beside them. */
export async function findCountyInFiles(paths: readonly string[]): Promise<FoundInFiles | undefined> {
  const codes = new Map<string, number>()
  const names = new Map<string, number>()
  for (const path of paths) {
    const block = await readFirstBlock(path)
    if (block !== undefined) countBlock(block, codes, names)
  }
  const code = mostFrequent(codes)
  return code === undefined ? undefined : { code, name: mostFrequent(names) }
}

/**
 * Founds the county of an empty database from the command line, where there is no page to ask: code and name as given or as the files
 * say. The three administrators are made too; their one-time passwords are set anew with `bangfu users reset`.
 */
export async function foundFromFiles(installation: Installation, given: { code: string | undefined; name: string | undefined; paths: readonly string[] }): Promise<FoundInFiles> {
  const found = given.code !== undefined && given.name !== undefined ? undefined : await findCountyInFiles(given.paths)
  const code = given.code ?? found?.code
  if (code === undefined || !/^\d{6}$/.test(code)) throw startErrors.noCounty()
  const name = given.name ?? found?.name ?? code
  const roles = ['system-administrator', 'security-administrator', 'audit-administrator'] as const
  const titles = ['系统管理员', '安全管理员', '审计管理员']
  const administrators = roles.map((role, at) => ({ role, name: titles[at] ?? role, loginName: role.replace('-administrator', '') }))
  await foundCounty(installation.database, Date.now, { countyCode: code, name: name.padEnd(2, '县'), administrators })
  return { code, name }
}

async function readFirstBlock(path: string): Promise<RowBlock | undefined> {
  const file = await openSheetFile({ path })
  for await (const block of readSheetsSandboxed(file)) {
    if (findHeader(block, [...codeLabels, ...nameLabels]) !== undefined) return block
  }
  return undefined
}

function countBlock(block: RowBlock, codes: Map<string, number>, names: Map<string, number>): void {
  const header = findHeader(block, [...codeLabels, ...nameLabels])
  if (header === undefined) return
  const columnOf = (labels: readonly string[]) => header.columns.find((column) => labels.includes(column.label.trim()))?.column
  const [codeColumn, nameColumn] = [columnOf(codeLabels), columnOf(nameLabels)]
  for (const row of block.rows) {
    if (row.row <= header.bottom) continue
    const code = /^\d{6}/.exec((codeColumn === undefined ? '' : row.cells[codeColumn]) ?? '')?.[0]
    const name = (nameColumn === undefined ? '' : row.cells[nameColumn]) ?? ''
    if (code !== undefined) codes.set(code, (codes.get(code) ?? 0) + 1)
    if (name.trim() !== '') names.set(name.trim(), (names.get(name.trim()) ?? 0) + 1)
  }
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
