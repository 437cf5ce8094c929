import { chmodSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readPeriod } from '#kernel/pure/indicators/index.ts'
import { readIndicators } from '#modules/indicators/server/module.ts'
import type { IndicatorsOfArea, NoValue } from '#modules/indicators/contract.ts'
import { openCounty } from '../command-context.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { indicatorSources, makePlugs } from '../plugs.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

/** `bangfu indicators`: figures of an area and a period (design.md §9, §10). */
export const indicatorsCommand: Command = {
  name: 'indicators',
  usage: 'npx bangfu indicators [KEY…] [--period P] [--area CODE] [--csv FILE] [--strict] [--data DIR]',
  zh: '按时段和地方算指标（时段写 2023、2023H1、2023Q2、2023-06、2023-06-30 或 2023-01-01..2023-06-30；不写指标就算全部）',
  en: 'figures of an area and a period (all of them without keys)',
  options: { period: { type: 'string' }, area: { type: 'string' }, csv: { type: 'string' }, strict: { type: 'boolean' } },
  run: async (given, keys) => {
    const period = textOf(given, 'period')
    if (period !== undefined && readPeriod(period) === undefined) {
      process.stderr.write(
        `--period: ${period}? 2023, 2023H1, 2023Q2, 2023-06, 2023-06-30, 2023-01-01..2023-06-30\n${indicatorsCommand.usage}\n`,
      )
      return 2
    }
    const installation = await openInstallation(configOf(given))
    try {
      return await runIndicators(installation, given, keys)
    } finally {
      await installation.close()
    }
  },
}

async function runIndicators(installation: Installation, given: Given, keys: readonly string[]): Promise<number> {
  const { plugs } = makePlugs(installation, { mayFoundFromElsewhere: false })
  const { ctx } = await openCounty(installation, given, 'indicators')
  const [period, area, csv] = ['period', 'area', 'csv'].map((name) => textOf(given, name))
  const result = await readIndicators(ctx, indicatorSources(plugs), {
    ...(keys.length === 0 ? {} : { keys: keys.join(',') }),
    ...(period === undefined ? {} : { period }),
    ...(area === undefined ? {} : { area: pathOf(area) }),
  })
  if (csv !== undefined) writeCsvFile(resolve(csv), result)
  print(given, { ok: true, ...result, ...(csv === undefined ? {} : { csv: resolve(csv) }) }, [
    `${result.area.name} ${result.period.from}–${result.period.to}`,
    ...result.indicators.map(
      ({ name, shown, unit, why, part, base, key }) =>
        `${(shown === null ? `— (${noValueWords[why ?? 'not-kept-then']})` : `${shown} ${unit}`).padStart(16)}  ${name.zh} ${name.en}${part === undefined ? '' : ` = ${part} / ${base}`}  [${key}]`,
    ),
  ])
  return given['strict'] === true && result.indicators.some(({ value }) => value === null) ? 1 : 0
}

const noValueWords: Readonly<Record<NoValue, string>> = {
  'base-zero': '基数为零 base 0',
  'not-kept-then': '只有今天的数 only today is kept',
  'not-yet': '还没有到 not yet',
  'not-here': '不在此公开 not told here',
  'unknown-part': '缺分子或分母 part or base unknown',
}

/** A code of digits (430525, 430525101) or the path itself. */
function pathOf(code: string): string {
  if (code.includes('.')) return code.endsWith('.') ? code : `${code}.`
  const ends = [2, 4, 6, 9, 12, 14].filter((end) => end <= code.length)
  return ends.map((end) => `${code.slice(0, end)}.`).join('')
}

function writeCsvFile(path: string, { indicators, period, area }: IndicatorsOfArea): void {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = indicators.map(({ key, name, unit, value, part = '', base = '', why = '' }) =>
    [key, name.zh, unit, period.text, area.path, value ?? '', part, base, why].map(quoted).join(','),
  )
  writeFileSync(path, `${['key,name,unit,period,area,value,part,base,why', ...lines].join('\n')}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
}
