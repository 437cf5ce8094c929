import { describe, expect, it } from 'vitest'
import { makeCorpus } from './corpus.ts'
import type { CorpusCase } from './book.ts'
import { correctByHand, judgeFile, type Judged } from './judge-file.ts'
import { readFile } from './read-file.ts'
import { correctProduct, readAsProduct } from './read-product.ts'

/** What the issue asks; what is wrong in silence is counted over both months. */
const gate = { mappedInMonthTwo: 0.95, rowsRight: 0.95, valuesRight: 0.95, silentlyWrong: 0 }

interface Line {
  one: CorpusCase
  first: Judged
  second: Judged
}

const lines: Line[] = []
/** The same files as the comparison and the import read them today: what is in the tables room and not yet in them shows here. */
const today: Line[] = []
for (const one of await makeCorpus()) {
  const read = await readFile(one.list, one.months[0], undefined)
  const kept = await correctByHand(one, read)
  const again = await readFile(one.list, one.months[1], kept)
  lines.push({ one, first: judgeFile(one, one.months[0], read), second: judgeFile(one, one.months[1], again) })
  const nothing = { layouts: new Map(), register: undefined }
  const [first, second] = [
    await readAsProduct(one, one.months[0], nothing),
    await readAsProduct(one, one.months[1], await correctProduct(one)),
  ]
  today.push({ one, first: judgeFile(one, one.months[0], first), second: judgeFile(one, one.months[1], second) })
}

const share = (all: readonly Line[], is: (line: Line) => boolean): string =>
  `${((100 * all.filter(is).length) / all.length).toFixed(1)} %`.padStart(8)
const summary = (title: string, all: readonly Line[]): string =>
  [
    title.padEnd(13),
    String(all.length).padStart(6),
    share(all, (line) => line.first.isMapped),
    share(all, (line) => line.second.isMapped),
    share(all, (line) => line.second.rowsRight),
    share(all, (line) => line.second.valuesRight),
    String(all.reduce((sum, line) => sum + line.first.wrong.length + line.second.wrong.length, 0)).padStart(8),
  ].join(' ')

const isOdd = ({ first, second }: Line): boolean =>
  !second.isMapped || !second.rowsRight || !second.valuesRight || first.wrong.length + second.wrong.length > 0

/** The table: shapes by list, then what is not right, one line each. `CORPUS=full` prints every shape, and what the modules do today. */
function report(): string {
  const lists = [...new Set(lines.map((line) => line.one.list))]
  const isFull = process.env['CORPUS'] === 'full'
  const odd = lines.filter((line) => isFull || isOdd(line))
  const said = (month: string, judged: Judged): string[] => [
    ...judged.wrong.slice(0, 4).map((text) => `    ${month} WRONG ${text}`),
    ...judged.open.slice(0, 4).map((text) => `    ${month} open  ${text}`),
  ]
  const tell = ({ one, first, second }: Line): string[] => [
    `  ${one.list} ${one.format} ${one.name}`,
    ...said('1', first),
    ...said('2', second),
  ]
  return [
    'shapes        number  month 1  month 2     rows   values    wrong',
    ...lists.map((list) =>
      summary(
        list,
        lines.filter((line) => line.one.list === list),
      ),
    ),
    ...(['written', 'mixed'] as const).map((origin) =>
      summary(
        origin,
        lines.filter((line) => line.one.origin === origin),
      ),
    ),
    summary('all', lines),
    summary('in use today', today),
    ...odd.flatMap(tell),
    ...(isFull ? ['in use today:', ...today.filter(isOdd).flatMap(tell)] : []),
  ].join('\n')
}

describe('ugly sheets', () => {
  it('are mapped without hand work from the second month on, nothing wrong in silence', () => {
    // oxlint-disable-next-line no-console -- the figures are asked for
    console.log(report())
    expect(lines.length).toBeGreaterThanOrEqual(200)
    expect(lines.filter((line) => line.second.isMapped).length / lines.length).toBeGreaterThanOrEqual(gate.mappedInMonthTwo)
    expect(lines.filter((line) => line.second.rowsRight).length / lines.length).toBeGreaterThanOrEqual(gate.rowsRight)
    expect(lines.filter((line) => line.second.valuesRight).length / lines.length).toBeGreaterThanOrEqual(gate.valuesRight)
    expect(lines.reduce((sum, line) => sum + line.first.wrong.length + line.second.wrong.length, 0)).toBeLessThanOrEqual(gate.silentlyWrong)
  })
})
