import { resolve } from 'node:path'
import { compareFiles, readThresholds } from '#modules/screening/server/module.ts'
import { openCounty } from '../command-context.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { listSheetFiles } from '../list-files.ts'
import { makePlugs } from '../plugs.ts'
import { makeProgress } from '../progress.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

/** `bangfu compare`: departments' lists of one month against the register. */
export const compareCommand: Command = {
  name: 'compare',
  usage:
    'npx bangfu compare FILE|DIR… --month YYYYMM --out DIR [--thresholds FILE] [--base DIR]… [--sender S] [--sharing-item I] [--purpose P] [--legal-basis L] [--expires-on YYYY-MM-DD] [--data DIR]',
  zh: '部门清单与底册比对，输出匹配、线索、环比和回执（--base 可再给上月文件）',
  en: "compare departments' lists with the register; writes matches, leads, delta and receipt (--base: the month before, given again)",
  options: {
    month: { type: 'string' },
    out: { type: 'string' },
    thresholds: { type: 'string' },
    base: { type: 'string', multiple: true },
    sender: { type: 'string' },
    purpose: { type: 'string' },
    'legal-basis': { type: 'string' },
    'sharing-item': { type: 'string' },
    'expires-on': { type: 'string' },
  },
  run: async (given, words) => {
    if (textOf(given, 'month') === undefined || textOf(given, 'out') === undefined) throw new Error(compareCommand.usage)
    const paths = listSheetFiles(words)
    const installation = await openInstallation(configOf(given))
    try {
      return await runCompare(installation, given, paths)
    } finally {
      await installation.close()
    }
  },
}

async function runCompare(installation: Installation, given: Given, paths: readonly string[]): Promise<number> {
  makePlugs(installation, { mayFoundFromElsewhere: false }) // the modules' sentences
  const { ctx } = await openCounty(installation, given, 'compare')
  const progress = makeProgress(given['json'] === true)
  const thresholds = textOf(given, 'thresholds')
  const base = given['base']
  const out = resolve(textOf(given, 'out') ?? '')
  const { vault, filesDirectory } = installation
  const result = await compareFiles({ vault, filesDirectory }, ctx, {
    paths,
    month: textOf(given, 'month') ?? '',
    out,
    sender: textOf(given, 'sender') ?? '命令行',
    purpose: textOf(given, 'purpose') ?? '防返贫监测比对',
    legalBasis: textOf(given, 'legal-basis') ?? '防止返贫动态监测和帮扶数据共享',
    sharingItem: textOf(given, 'sharing-item') ?? '防止返贫监测数据共享',
    expiresOn: textOf(given, 'expires-on') ?? ctx.today,
    retentionDays: 0,
    ...(thresholds === undefined ? {} : { thresholds: readThresholds(thresholds) }),
    ...(Array.isArray(base) ? { basePaths: listSheetFiles(base.map(String)) } : {}),
    onProgress: (rows) => progress.step('比对 comparing', rows),
  })
  progress.end()
  const classes = Object.entries(result.classes).map(([name, count]) => `${name} ${count}`)
  const delta = Object.entries(result.delta).map(([name, count]) => `${name} ${count}`)
  print(given, { ok: true, out, ...result }, [
    `行 rows ${result.rows}: ${classes.join(', ')}`,
    `环比 delta: ${delta.length === 0 ? '首月，无基期 first month, no base' : delta.join(', ')}`,
    `线索 leads: ${result.leads} 户 households${result.rested === 0 ? '' : `；暂不再核实 rested: ${result.rested}`}`,
    ...(result.leftOut.rows === 0 ? [] : [`因无授权未比对 left out, no authorisation: ${result.leftOut.rows} 行 rows`]),
    `→ ${out}/matches.csv leads.csv leads_merged.csv delta.csv receipt.json`,
  ])
  return 0
}
