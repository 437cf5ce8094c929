import { basename } from 'node:path'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Founded } from '#modules/identity/contract.ts'
import { foundCounty } from '#modules/identity/server/module.ts'
import { inspectFile } from '#modules/registry/server/module.ts'
import { startErrors } from './command-context.ts'
import type { Installation } from './installation.ts'

const administrators = [
  { role: 'system-administrator', name: '系统管理员', loginName: 'system' },
  { role: 'security-administrator', name: '安全管理员', loginName: 'security' },
  { role: 'audit-administrator', name: '审计管理员', loginName: 'audit' },
] as const

/**
 * Founds the county of an empty database from the command line, where there is no page to ask: code and name as given, or as most of
 * the files say. Throws `start.no-county` when neither says which county it is.
 */
export async function foundFromFiles(
  installation: Installation,
  given: { code: string | undefined; name: string | undefined; paths: readonly string[] },
): Promise<Founded & { name: string }> {
  const isTold = given.code !== undefined && given.name !== undefined
  const found = isTold ? { code: given.code, name: given.name } : await findCountyInFiles(given.paths)
  const code = given.code ?? found.code
  if (code === undefined || !/^\d{6}$/.test(code)) throw startErrors.noCounty()
  const name = given.name ?? fullName(found.name) ?? `${code} 县`
  const founded = await foundCounty(installation.database, Date.now, { countyCode: code, name, administrators: [...administrators] })
  return { ...founded, name }
}

async function findCountyInFiles(paths: readonly string[]): Promise<{ code: string | undefined; name: string | undefined }> {
  const codes = new Map<string, number>()
  const names = new Map<string, number>()
  for (const path of paths) {
    try {
      const seen = await inspectFile({ path, fileName: basename(path) })
      for (const code of seen.prefixes) codes.set(code, (codes.get(code) ?? 0) + 1)
      for (const name of seen.counties) names.set(name, (names.get(name) ?? 0) + 1)
    } catch (fault) {
      if (!isNamedError(fault)) throw fault // a file that cannot be read is refused by name when its turn comes
    }
  }
  return { code: mostFrequent(codes), name: mostFrequent(names) }
}

/** The register compares names of counties without their kind; most are 县, and `--name` says otherwise. */
function fullName(name: string | undefined): string | undefined {
  return name === undefined || /[县市区旗]$/.test(name) ? name : `${name}县`
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
