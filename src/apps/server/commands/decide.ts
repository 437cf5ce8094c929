import { resolve } from 'node:path'
import { dayOf, readDay } from '#kernel/pure/time/index.ts'
import { decideFacts, type DecidedFacts, type DecidedRecord } from '../decide/decide-facts.ts'
import { readFacts, type GivenFacts } from '../decide/read-facts.ts'
import { readDecisionModel, type DecisionModel } from '../decide/read-model.ts'
import { decideWords } from '../decide/words.ts'
import { sayUndecided, sayValue, writeDecided } from '../decide/write-decided.ts'
import { addWords } from '../say.ts'
import { print, textOf, type Command, type Given } from './command.ts'

/** `bangfu decide`: any decision table on any facts, without a database. */
export const decideCommand: Command = {
  name: 'decide',
  usage:
    'npx bangfu decide TABLE.dmn --in FACTS.(json|csv|xlsx) [--decision NAME] [--trace] [--out FILE.(csv|json)] [--as-of YYYY-MM-DD] [--strict]',
  zh: '用一份 DMN 决策表判定一批事实（表头即事实名称），逐条给出结果、命中的行和缺少的事实',
  en: 'judge facts (a heading of fact names, or a list of objects) by a DMN decision table: results, rows that fired, facts that are missing',
  options: {
    in: { type: 'string' },
    decision: { type: 'string' },
    trace: { type: 'boolean' },
    out: { type: 'string' },
    'as-of': { type: 'string' },
    strict: { type: 'boolean' },
  },
  run: async (given, words) => {
    const [table, facts, asOf] = [words[0], textOf(given, 'in'), textOf(given, 'as-of') ?? dayOf(Date.now())]
    if (words.length !== 1 || table === undefined || facts === undefined || readDay(asOf) === undefined) {
      process.stderr.write(`${decideCommand.usage}\n`)
      return 2
    }
    addWords(decideWords)
    const model = readDecisionModel(table, textOf(given, 'decision'))
    const read = await readFacts(facts, model.inputs)
    const decided = decideFacts(model, read, { today: asOf, withTrace: given['trace'] === true })
    const out = textOf(given, 'out')
    if (out !== undefined) await writeDecided(resolve(out), read, decided)
    return report(given, { model, read, decided })
  },
}

interface Done {
  readonly model: DecisionModel
  readonly read: GivenFacts
  readonly decided: readonly DecidedFacts[]
}

function report(given: Given, { model, read, decided }: Done): number {
  const out = textOf(given, 'out')
  const summary = decided.map((one) => ({
    decision: one.decision,
    compiled: one.compiled,
    ...(one.because === '' ? {} : { interpretedBecause: one.because }),
    records: one.records.length,
    undecided: one.records.filter((record) => record.undecided !== undefined).length,
    missing: countMissing(one.records),
    // Without a file to write into, the results stand here.
    ...(out === undefined ? { results: one.records } : {}),
  }))
  const { absent, unreadable } = read
  const findings = unreadable.length + summary.reduce((sum, one) => sum + one.undecided, 0)
  const result = { ok: true, decisions: summary, absent, unreadable, warnings: model.warnings }
  print(given, { ...result, ...(out === undefined ? {} : { out: resolve(out) }) }, [
    ...model.warnings.map((warning) => `▲ ${warning}`),
    ...(absent.length === 0 ? [] : [`▲ 事实文件里没有这些列，按“未知”处理 not in the file, taken as unknown: ${absent.join('、')}`]),
    ...sayUnreadable(read),
    ...decided.flatMap((one) => describe(given, one)),
    ...(out === undefined ? [] : [`→ ${resolve(out)}（仅本人可读 readable by its owner only）`]),
  ])
  return given['strict'] === true && findings > 0 ? 1 : 0
}

function sayUnreadable({ unreadable }: GivenFacts): string[] {
  const lines = unreadable
    .slice(0, 10)
    .map(({ row, fact, cell, type }) => `▲ 第 ${row} 行 row ${row} ${fact}: “${cell}” 不是 is no ${type}，按“未知”处理 taken as unknown`)
  return unreadable.length > lines.length ? [...lines, `▲ … 共 in all ${unreadable.length}`] : lines
}

const mostShown = 100

function describe(given: Given, { decision, compiled, because, records }: DecidedFacts): string[] {
  const shown = textOf(given, 'out') === undefined ? records.slice(0, mostShown) : []
  const hidden = records.length - shown.length
  const undecided = records.filter((record) => record.undecided !== undefined).length
  const missing = Object.entries(countMissing(records)).map(([fact, count]) => `${fact} ${count}`)
  return [
    `${decision}（${compiled ? '已编译 compiled' : `逐条解释 interpreted${because === '' ? '' : `: ${because}`}`}）`,
    ...shown.flatMap((record) => [sayRecord(record), ...sayTrace(record)]),
    ...(hidden > 0 && shown.length > 0 ? [`  … 另有 ${hidden} 条，用 --out 写入文件 and ${hidden} more: write them with --out`] : []),
    ...countResults(records).map(([value, count]) => `  ${String(count).padStart(8)}  ${value}`),
    `  共 in all ${records.length}：已定 decided ${records.length - undecided}，未定 undecided ${undecided}${missing.length === 0 ? '' : `；缺 for want of ${missing.join('、')}`}`,
  ]
}

function sayRecord(record: DecidedRecord): string {
  const rules = record.rules.length === 0 ? '' : `  ← 第 ${record.rules.join('、')} 条规则 rule`
  const why = record.undecided === undefined ? '' : `  未定 undecided（${sayUndecided(record)}）`
  return `  第 ${record.row} 行 row: ${sayValue(record.value)}${rules}${why}`
}

function sayTrace({ trace }: DecidedRecord): string[] {
  if (trace === undefined) return []
  const entries = (record: Readonly<Record<string, string>>) => Object.entries(record).map(([name, text]) => `${name} ${text}`)
  return trace.decisions.flatMap(({ name, value, from, tables }) => [
    `      ${name} = ${sayValue(value) || '?'}；事实 facts: ${Object.entries(from)
      .map(([fact, one]) => `${fact}=${sayValue(one) || '?'}`)
      .join('，')}`,
    ...tables.flatMap((table) => [
      ...table.fired.map(({ rule, cells, notes }) => `        规则 rule ${rule}: ${[...entries(cells), ...entries(notes)].join('；')}`),
      ...table.undecided.map(({ rule, missing }) => `        规则 rule ${rule} 未定 open: ${missing.join('、')}`),
      ...(table.byDefault ? ['        默认结果 default outputs'] : []),
    ]),
  ])
}

/** At most 20 different results with their counts; a list of amounts is no use as a count. */
function countResults(records: readonly DecidedRecord[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const { value } of records)
    counts.set(sayValue(value) || '（未定 undecided）', (counts.get(sayValue(value) || '（未定 undecided）') ?? 0) + 1)
  return counts.size > 20 ? [] : [...counts].sort(([, one], [, other]) => other - one)
}

function countMissing(records: readonly DecidedRecord[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const fact of records.flatMap(({ undecided }) => undecided?.missing ?? [])) counts[fact] = (counts[fact] ?? 0) + 1
  return counts
}
