import { once } from 'node:events'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { clientOf } from './transaction.ts'
import type { Db } from './types.ts'

/** A value of a COPY row: bytes become bytea, null is NULL. */
export type CopyValue = string | number | bigint | boolean | Uint8Array | null

const chunkBytes = 256 * 1024

/**
 * Copies rows into a table without row security (COPY FROM is refused on tables with it: trust.md §2.3).
 * `table` and `columns` are names written in the program, never input. Returns the number of rows.
 */
export async function copyInto(
  db: Db,
  target: { table: string; columns: readonly string[] },
  rows: AsyncIterable<readonly CopyValue[]> | Iterable<readonly CopyValue[]>,
): Promise<number> {
  const stream = clientOf(db).query(copyFrom(`COPY ${target.table} (${target.columns.join(', ')}) FROM STDIN`))
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve)
    stream.once('error', reject)
  })
  ended.catch(() => undefined) // reported by the await below
  let count = 0
  let chunk = ''
  try {
    for await (const row of rows) {
      chunk += `${row.map(copyText).join('\t')}\n`
      count += 1
      if (chunk.length >= chunkBytes) {
        if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended])
        chunk = ''
      }
    }
  } catch (fault) {
    stream.destroy(fault instanceof Error ? fault : new Error('the source of the rows failed'))
    await ended.catch(() => undefined)
    throw fault
  }
  stream.end(chunk)
  await ended
  return count
}

/** Streams the result of a query as COPY text lines, as buffers of any size. `query` is written in the program. */
export function copyOut(db: Db, query: string): AsyncIterable<Buffer> {
  return clientOf(db).query(copyTo(`COPY (${query}) TO STDOUT`))
}

function copyText(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return /[\\\t\n\r]/.test(value) ? escapeText(value) : value
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  return String(value)
}

function escapeText(value: string): string {
  return value.replace(/[\\\t\n\r]/g, (found) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[found] ?? found)
}

/** Reads one field of a COPY text line back. */
export function readCopyText(field: string): string | null {
  if (field === '\\N') return null
  if (!field.includes('\\')) return field
  return field.replace(/\\(.)/g, (_, letter: string) => ({ t: '\t', n: '\n', r: '\r' })[letter] ?? letter)
}
