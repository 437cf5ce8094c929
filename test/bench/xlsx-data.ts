import { createWriteStream } from 'node:fs'
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import { writeXlsxFile } from '../../src/modules/demo/server/xlsx-file.ts'

export const readColumns = 40
export const exportColumns = 16

const words = ['普通劳动力', '弱劳动力或半劳动力', '无劳动力', '健康', '长期慢性病', '已参加', '未参加', '是', '否', '水泥路']

function personOf(row: number): string[] {
  const first17 = `99039${1 + (row % 8)}${1940 + (row % 80)}${String(1 + (row % 12)).padStart(2, '0')}${String(1 + (row % 28)).padStart(2, '0')}${String(row % 1000).padStart(3, '0')}`
  return [
    `村${Math.floor(row / 900)}`,
    `9903011012${String(100_000 + Math.floor(row / 4))}`,
    `陈${String.fromCharCode(0x4e00 + (row % 3000))}${String.fromCharCode(0x5e00 + (row % 1700))}`,
    first17 + (checkCharacterOf(first17) ?? ''),
    `154${String(10_000_000 + (row % 90_000_000))}`,
  ]
}

/** A list of 40 columns as Excel saves it: shared strings, numbers, a title above the header. */
export async function writeReadFile(path: string, rows: number): Promise<number> {
  const labels = Array.from({ length: readColumns }, (_, column) => `第${column + 1}列`)
  function* cells(): Generator<(string | number)[]> {
    yield ['某县农户信息']
    yield labels
    for (let row = 0; row < rows; row += 1) {
      const person = personOf(row)
      const rest = Array.from({ length: readColumns - person.length }, (_, column): string | number =>
        column % 3 === 0
          ? (words[(row + column) % words.length] ?? '')
          : column % 3 === 1
            ? (row * 7 + column) % 50_000
            : Math.round(row * 1.37 + column) / 100,
      )
      yield [...person, ...rest]
    }
  }
  return writeXlsxFile(path, [{ name: '农户', sharedStrings: true, rows: cells() }])
}

/** Rows of an export: sixteen columns of text. */
export function* exportRows(rows: number): Generator<string[]> {
  for (let row = 0; row < rows; row += 1) {
    const person = personOf(row)
    const rest = Array.from({ length: exportColumns - person.length }, (_, column) =>
      column % 3 === 0 ? (words[(row + column) % words.length] ?? '') : String((row * 7 + column) % 50_000),
    )
    yield [...person, ...rest]
  }
}

/** A stream into a file that only its writer may read. */
export function fileStream(path: string): ReturnType<typeof createWriteStream> {
  return createWriteStream(path, { mode: 0o600 })
}
