import { resolve } from 'node:path'
import { readDay } from '#kernel/pure/time/index.ts'
import { classifyToFile, type ClassifiedToFile } from '#modules/cases/server/module.ts'
import { openCounty } from '../command-context.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { makePlugs } from '../plugs.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

/** `bangfu classify`: layer, labour class, kind and card of every household as of a day. */
export const classifyCommand: Command = {
  name: 'classify',
  usage: 'npx bangfu classify [--as-of YYYY-MM-DD] [--csv FILE] [--strict] [--reason R] [--data DIR]',
  zh: '按在用的规则给全库分层、分类、定卡并保存变化；以前的日子只重新判定、不改已存的结果（--csv 输出每一户）',
  en: 'layers, classes, kinds and cards of every household by the tables in force; keeps what changed (a day before what is kept is only judged again)',
  options: { 'as-of': { type: 'string' }, csv: { type: 'string' }, strict: { type: 'boolean' } },
  run: async (given) => {
    const asOf = textOf(given, 'as-of')
    if (asOf !== undefined && readDay(asOf) === undefined) {
      process.stderr.write(`--as-of: ${asOf}? YYYY-MM-DD\n${classifyCommand.usage}\n`)
      return 2
    }
    const installation = await openInstallation(configOf(given))
    try {
      return await runClassify(installation, given)
    } finally {
      await installation.close()
    }
  },
}

async function runClassify(installation: Installation, given: Given): Promise<number> {
  makePlugs(installation, { mayFoundFromElsewhere: false }) // the modules' sentences
  const { ctx } = await openCounty(installation, given, 'classify')
  const csv = textOf(given, 'csv')
  const result = await classifyToFile(
    ctx,
    { clock: Date.now },
    {
      asOf: textOf(given, 'as-of') ?? ctx.today,
      reason: textOf(given, 'reason') ?? 'command-line.classify',
      ...(csv === undefined ? {} : { csv: resolve(csv) }),
    },
  )
  const { counts, kept, asOf, tookMs } = result
  const { columns, ...rest } = counts
  print(
    given,
    { ok: true, asOf, ...rest, counts: columns, kept: kept ?? null, tookMs, ...(csv === undefined ? {} : { csv: resolve(csv) }) },
    [...describe(result), ...(csv === undefined ? [] : [`→ ${resolve(csv)}（仅本人可读 readable by its owner only）`])],
  )
  const undecided = (columns['layer']?.[''] ?? 0) + (columns['labourClass']?.[''] ?? 0)
  const isFaulty = undecided > 0 || counts.imbalance.length > 0 || counts.tables.some((table) => table.notInForce !== undefined)
  return given['strict'] === true && isFaulty ? 1 : 0
}

const columnWords: Readonly<Record<string, string>> = {
  layer: '层次 layer',
  labourClass: '劳动分类 labour class',
  kind: '监测对象类别 kind',
  card: '卡色 card',
  advice: '识别建议 identification aid',
  alert: '措施落实 measures',
}

function describe({ asOf, counts, kept, tookMs }: ClassifiedToFile): string[] {
  const { households, inExport, columns, imbalance, tables } = counts
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  return [
    `截至 as of ${asOf}: ${households} 户 households，其中监测信息表 in the monitoring export ${inExport}，其余 others ${households - inExport}`,
    ...Object.entries(columns).flatMap(([column, ofColumn]) => [
      `${columnWords[column] ?? column}`,
      ...Object.entries(ofColumn).map(
        ([word, count]) => `  ${String(count).padStart(9)}  ${word === '' ? '未定或不适用 undecided or none' : word}`,
      ),
      `  ${String(Object.values(ofColumn).reduce((sum, count) => sum + count, 0)).padStart(9)}  合计 sum`,
    ]),
    imbalance.length === 0 ? '合计相符 the counts balance' : `▲ 合计不符 counts do not balance: ${imbalance.join('；')}`,
    ...tables.flatMap(({ key, notInForce, versions }) => [
      notInForce === undefined
        ? `规则 table ${key}: ${versions.map((version) => `${version.key}@${version.hash}`).join(', ')}`
        : `▲ ${key} 在这一天没有生效的规则，未判定 not in force on the day: ${notInForce}`,
    ]),
    kept === undefined
      ? '这一天早于已保存的分类（或还没有到），只重新判定，没有保存 judged again, not kept'
      : `已保存 kept: 新增 added ${kept.added}，变化 changed ${kept.changed}，换了依据 renewed ${kept.renewed}，不变 still ${kept.still}，已不在 ended ${kept.ended}`,
    `读取 loading ${seconds(tookMs.loading)}，判定 judging ${seconds(tookMs.judging)}，保存 keeping ${seconds(tookMs.keeping)}`,
  ]
}
