import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readDay } from '#kernel/pure/time/index.ts'
import { checkToFile, listRules, readCheckLimits } from '#modules/quality/server/module.ts'
import { openCounty } from '../command-context.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { makePlugs } from '../plugs.ts'
import { makeProgress } from '../progress.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

/** `bangfu check`: the data rules over the whole register. */
export const checkCommand: Command = {
  name: 'check',
  usage: 'npx bangfu check [--as-of YYYY-MM-DD] [--csv FILE] [--thresholds FILE] [--strict] [--reason R] [--data DIR]',
  zh: '按139条数据质量规则检查全库，列出每条规则的疑点数（--csv 输出明细，含证件号码）',
  en: 'check the register by the 139 data rules; findings per rule (--csv: every finding, with ID numbers)',
  options: { 'as-of': { type: 'string' }, csv: { type: 'string' }, thresholds: { type: 'string' }, strict: { type: 'boolean' } },
  run: async (given) => {
    const asOf = textOf(given, 'as-of')
    if (asOf !== undefined && readDay(asOf) === undefined) throw new Error(`--as-of: ${asOf}? YYYY-MM-DD`)
    const installation = await openInstallation(configOf(given))
    try {
      return await runCheck(installation, given)
    } finally {
      await installation.close()
    }
  },
}

async function runCheck(installation: Installation, given: Given): Promise<number> {
  makePlugs(installation, { mayFoundFromElsewhere: false }) // the modules' sentences
  const { ctx } = await openCounty(installation, given, 'check')
  const asOf = textOf(given, 'as-of') ?? ctx.today
  const [csv, thresholds] = [textOf(given, 'csv'), textOf(given, 'thresholds')]
  const progress = makeProgress(given['json'] === true)
  const result = await checkToFile(ctx, {
    vault: installation.vault,
    asOf,
    reason: textOf(given, 'reason') ?? 'command-line.check',
    ...(csv === undefined ? {} : { csv: resolve(csv) }),
    ...(thresholds === undefined ? {} : { limits: readCheckLimits(JSON.parse(readFileSync(thresholds, 'utf8')), asOf) }),
    onProgress: (persons) => progress.step('检查 checking', persons),
  })
  progress.end()
  print(given, { ok: true, ...result, ...(csv === undefined ? {} : { csv: resolve(csv) }) }, describe(result, csv))
  return given['strict'] === true && result.findings > 0 ? 1 : 0
}

function describe(result: Awaited<ReturnType<typeof checkToFile>>, csv: string | undefined): string[] {
  const rules = new Map(listRules(result.asOf).map((rule) => [rule.rule, rule]))
  const found = Object.entries(result.ran).filter(([, count]) => count > 0)
  const ran = Object.keys(result.ran).length
  const line = result.line === undefined ? '' : `；监测线 line ${result.line.year}: ${result.line.yuan} 元`
  return [
    `截至 as of ${result.asOf}: ${result.households} 户 households, ${result.persons} 人 persons, ${result.villages} 村 villages${line}`,
    ...found.map(([id, count]) => {
      const rule = rules.get(id)
      return `  ${id} ${(rule?.severity ?? '').padEnd(8)}${String(count).padStart(8)}  ${rule?.zh ?? ''} · ${rule?.en ?? ''}`
    }),
    `规则 rules: 已运行 ran ${ran}, 有疑点 with findings ${found.length}, 疑点 findings ${result.findings}`,
    ...result.notRun.map(({ rule, needs, columns }) => {
      const missing = [...needs.map(sayNeed), ...columns.map((key) => `列 column ${key}`)]
      return `▲ ${rule} 未运行，缺 not run: needs ${missing.join(', ')} — ${rules.get(rule)?.zh ?? ''}`
    }),
    ...(csv === undefined ? [] : [`→ ${resolve(csv)}（含证件号码，仅本人可读 holds ID numbers, readable by its owner only）`]),
  ]
}

const needs: Readonly<Record<string, string>> = {
  monitoring: '监测对象信息 monitoring export',
  work: '已外出务工信息 out-work export',
  'planned-work': '计划外出务工信息 planned-work export',
  village: '行政村信息 village export',
  line: '当年监测线（--thresholds）monitoring line',
}

function sayNeed(need: string): string {
  return needs[need] ?? need
}
