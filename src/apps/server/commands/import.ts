import { findCounty } from '#modules/identity/server/module.ts'
import { ImportKind } from '#modules/registry/contract.ts'
import { importFiles, sayImportProblem, type ImportedFile } from '#modules/registry/server/module.ts'
import { openCounty } from '../command-context.ts'
import { foundFromFiles } from '../found-from-files.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { listSheetFiles } from '../list-files.ts'
import { makePlugs } from '../plugs.ts'
import { makeProgress } from '../progress.ts'
import { sayRefusal } from '../say.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

/** `bangfu import`: the register and the national exports, each file applied whole or not at all. */
export const importCommand: Command = {
  name: 'import',
  usage: 'npx bangfu import FILE|DIR… [--kind K] [--dry-run] [--sender S] [--strict] [--county CODE --name NAME] [--data DIR]',
  zh: '导入农户底册和国网导出表；空库时按文件（或 --county、--name）建县；--dry-run 只看差异',
  en: 'import the register and the national exports; an empty database is founded from the files (or --county, --name); --dry-run shows differences',
  options: {
    kind: { type: 'string' },
    'dry-run': { type: 'boolean' },
    sender: { type: 'string' },
    strict: { type: 'boolean' },
    county: { type: 'string' },
    name: { type: 'string' },
  },
  run: async (given, words) => {
    const paths = listSheetFiles(words)
    const kind = textOf(given, 'kind')
    if (kind !== undefined && !ImportKind.safeParse(kind).success) throw new Error(`--kind: ${ImportKind.options.join(' | ')}`)
    const installation = await openInstallation(configOf(given))
    try {
      return await runImport(installation, given, paths)
    } finally {
      await installation.close()
    }
  },
}

async function runImport(installation: Installation, given: Given, paths: readonly string[]): Promise<number> {
  makePlugs(installation, { mayFoundFromElsewhere: false }) // the modules' sentences
  const founding = (await findCounty(installation.database)) === undefined ? await found(installation, given, paths) : []
  const { ctx, county } = await openCounty(installation, given, 'import')
  const progress = makeProgress(given['json'] === true)
  const kind = textOf(given, 'kind')
  const sender = textOf(given, 'sender')
  const result = await importFiles(
    ctx,
    { vault: installation.vault, filesDirectory: installation.filesDirectory },
    {
      paths,
      isDryRun: given['dry-run'] === true,
      ...(kind === undefined ? {} : { kind: ImportKind.parse(kind) }),
      ...(sender === undefined ? {} : { sender }),
      onProgress: (step) => progress.step(`${step.fileName} ${step.step}`, step.done, step.total),
    },
  )
  progress.end()
  print(given, { ok: !result.isRefused, county, ...result }, [...founding, ...result.files.flatMap((file) => describe(file, given))])
  const hasFindings = result.files.some((file) => file.problems.length > 0)
  return result.isRefused || (given['strict'] === true && hasFindings) ? 1 : 0
}

async function found(installation: Installation, given: Given, paths: readonly string[]): Promise<string[]> {
  const founded = await foundFromFiles(installation, { code: textOf(given, 'county'), name: textOf(given, 'name'), paths })
  return [
    `已建县 founded: ${founded.name}（${founded.countyCode}）`,
    ...founded.administrators.map((one) => `  ${one.name} ${one.loginName}  一次性密码 one-time password: ${one.oneTimePassword}`),
  ]
}

function describe(file: ImportedFile, given: Given): string[] {
  const { batch, error } = file
  if (error !== undefined) return [`▲ ${file.fileName}: ${sayRefusal(error)}`]
  if (batch === undefined) return []
  const { counts, differences, totals } = batch
  const lines = [
    `● ${file.fileName} [${batch.kind ?? ''}] 行 rows ${counts.read ?? 0} = 入库 staged ${counts.staged ?? 0} + 拒绝 refused ${counts.refused ?? 0} + 非数据 not data ${counts.notData ?? 0}; 规整 corrected ${counts.corrected ?? 0}, 存疑 suspicious ${counts.suspicious ?? 0}`,
  ]
  const parts = [
    ['户 households', differences.household],
    ['人 persons', differences.person],
    ['村 villages', differences.village],
  ] as const
  for (const [name, part] of parts) {
    if (part === undefined || part.new + part.changed + part.same + part.conflict + part.missing === 0) continue
    lines.push(
      `    ${name}: 新增 new ${part.new}, 变更 changed ${part.changed}, 不变 same ${part.same}, 冲突 conflict ${part.conflict}, 缺失 missing ${part.missing}`,
    )
  }
  if (totals !== undefined)
    lines.push(
      `    合计 totals: ${totals.after.sum.households} 户, ${totals.after.sum.persons} 人; ${totals.balances ? '平衡 balanced' : '▲ 不平衡 not balanced'}`,
    )
  const refused = file.problems.filter((problem) => problem.severity === 'refused')
  const shown = given['strict'] === true ? file.problems : refused
  for (const problem of shown.slice(0, 20))
    lines.push(
      `    第 ${problem.row} 行 row ${problem.row}${problem.column === undefined ? '' : ` ${problem.column}`}: ${sayImportProblem(problem, 'zh')}`,
    )
  if (given['dry-run'] === true) lines.push('    试运行，未写入 dry run: nothing written')
  return lines
}
