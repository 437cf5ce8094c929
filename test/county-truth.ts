import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSheetFile, readSheets } from '../src/kernel/server/sheets/index.ts'
import { buildIndex } from '../src/modules/screening/rules/build-index.ts'
import type { RegisterIndex } from '../src/modules/screening/rules/register-layout.ts'
import { soundOf } from '../src/modules/screening/server/sound-of.ts'

/** A small CSV without quoted line breaks as rows keyed by its header. */
export function readTruth(path: string): Record<string, string>[] {
  const lines = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
  const [head = [], ...rows] = lines.map(splitLine)
  return rows.map((cells) => Object.fromEntries(head.map((label, at) => [label, cells[at] ?? ''])))
}

function splitLine(line: string): string[] {
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []
  return cells.slice(0, line.endsWith(',') ? undefined : cells.length).map((cell) => {
    const bare = cell.replace(/,$/, '')
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare
  })
}

/** An id made of a number, for registers that are read without a database. */
export function idOf(number: string): string {
  const hex = number.replace(/\D/g, '').padStart(32, '0').slice(-32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Builds an index straight from the register file of a county folder, without a database. */
export async function indexOfCounty(folder: string): Promise<RegisterIndex> {
  const name = readdirSync(join(folder, 'registry'))[0] ?? ''
  const file = await openSheetFile({ path: join(folder, 'registry', name) })
  const builder = buildIndex(soundOf)
  let head: string[] | undefined
  for await (const block of readSheets(file)) {
    for (const { cells } of block.rows) {
      if (head === undefined) {
        if (cells.includes('户编号')) head = cells
        continue
      }
      const labels = head
      const at = (label: string) => cells[labels.findIndex((one) => one.startsWith(label))] ?? ''
      const income = Number(at('务工月收入'))
      builder.add({
        personId: idOf(at('人编号')),
        idNumber: at('身份证号'),
        name: at('姓名'),
        phones: [at('本人电话'), at('户联系电话')],
        isHead: at('与户主关系') === '户主',
        seqNo: Number(at('序号')),
        monthlyIncome: income > 0 ? income : undefined,
        householdId: idOf(at('户编号')),
        householdNo: at('户编号'),
        registered: at('户类型').startsWith('脱贫'),
        monitored: at('监测对象类别') !== '',
        place: { township: at('乡镇'), village: at('行政村'), group: at('村民小组'), areaPath: '99.9903.990301.' },
      })
    }
  }
  return builder.finish()
}

/** Counts of expected class against found class. */
export type Confusion = Record<string, Record<string, number>>

/** A confusion table as text: rows are what the truth says, columns what was found. */
export function showConfusion(confusion: Confusion): string {
  const columns = [...new Set(Object.values(confusion).flatMap((row) => Object.keys(row)))]
  const lines = Object.entries(confusion).map(([name, row]) => [name, ...columns.map((column) => String(row[column] ?? 0))])
  return [['truth \\ found', ...columns], ...lines].map((cells) => cells.map((cell) => cell.padStart(14)).join('')).join('\n')
}
