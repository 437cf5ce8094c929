// What the child process does: reads one file and writes blocks of rows to its output. See sandbox.ts.
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { sheetErrors } from './errors.ts'
import { makePackStore } from './pack-rows.ts'
import { emptyReport, readInto } from './read-sheets.ts'
import { writeHead, type SandboxHead } from './sandbox-messages.ts'
import type { SheetFile } from './sheet-types.ts'

/** Bytes that may wait for the parent while we read on. */
const mostWaiting = 4 * 1024 * 1024

let waiting = 0
let wake: (() => void) | undefined

async function send(head: SandboxHead, body: Uint8Array = new Uint8Array()): Promise<void> {
  const start = writeHead(head, body.length)
  const bytes = start.length + body.length
  waiting += bytes
  process.stdout.cork()
  process.stdout.write(start)
  process.stdout.write(body, () => {
    waiting -= bytes
    wake?.()
  })
  process.stdout.uncork()
  while (waiting > mostWaiting) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

/** Reads the file and tells the parent its rows, then the report or the error that it ended in. */
export async function begin(file: SheetFile): Promise<void> {
  try {
    const report = emptyReport(file)
    for await (const { head, body } of readInto(file, report, makePackStore())) await send(head, body)
    await send({ kind: 'end', report })
  } catch (error) {
    const named = isNamedError(error) ? error : sheetErrors.readerCrashed()
    await send({ kind: 'error', code: named.code, status: named.status, details: named.details })
  }
}
