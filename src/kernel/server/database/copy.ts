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
  const progress = { count: 0 }
  await send(db, target, textOf(rows, progress))
  return progress.count
}

/** Copies rows that `packRows` wrote; as `copyInto`. */
export async function copyPacked(
  db: Db,
  target: { table: string; columns: readonly string[] },
  parts: Iterable<Uint8Array>,
): Promise<void> {
  await send(db, target, parts)
}

/** Writes rows as they are copied: bytes outside the heap, so that rows which wait for their turn are not looked at by the collector. */
export function packRows(columns: readonly string[], rows: Iterable<Readonly<Record<string, CopyValue>>>): Uint8Array {
  let text = ''
  for (const row of rows) {
    let separator = ''
    for (const column of columns) {
      text += separator + copyText(row[column] ?? null)
      separator = '\t'
    }
    text += '\n'
  }
  return Buffer.from(text)
}

async function send(
  db: Db,
  target: { table: string; columns: readonly string[] },
  parts: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  const stream = clientOf(db).query(copyFrom(`COPY ${target.table} (${target.columns.join(', ')}) FROM STDIN`))
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve)
    stream.once('error', reject)
  })
  ended.catch(() => undefined) // reported by the await below
  try {
    for await (const part of parts) if (!stream.write(part)) await Promise.race([once(stream, 'drain'), ended])
  } catch (fault) {
    stream.destroy(fault instanceof Error ? fault : new Error('the source of the rows failed'))
    await ended.catch(() => undefined)
    throw fault
  }
  stream.end()
  await ended
}

type Rows = Parameters<typeof copyInto>[2]

/** Rows as COPY text in large pieces; rows that are there already are not waited for one by one. */
async function* textOf(rows: Rows, progress: { count: number }): AsyncGenerator<string> {
  let chunk = ''
  const add = (row: readonly CopyValue[]): boolean => {
    let separator = ''
    for (const value of row) {
      chunk += separator + copyText(value)
      separator = '\t'
    }
    chunk += '\n'
    progress.count += 1
    return chunk.length >= chunkBytes
  }
  const take = (): string => {
    const text = chunk
    chunk = ''
    return text
  }
  if (Symbol.iterator in rows) {
    for (const row of rows) if (add(row)) yield take()
  } else for await (const row of rows) if (add(row)) yield take()
  if (chunk !== '') yield take()
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
