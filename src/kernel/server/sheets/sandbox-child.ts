// The program of the child process: reads one file named on its input and writes blocks of rows to its output. See sandbox.ts.
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { serialize } from 'node:v8'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { sheetErrors } from './errors.ts'
import { readSheets } from './read-sheets.ts'
import { packBlock, type SandboxMessage } from './sandbox-messages.ts'
import type { SheetFile } from './sheet-types.ts'

async function send(message: SandboxMessage): Promise<void> {
  const body = serialize(message)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  process.stdout.write(length)
  if (!process.stdout.write(body)) await once(process.stdout, 'drain')
}

try {
  // Safe: the only writer is sandbox.ts, which sends a SheetFile.
  const file = JSON.parse(await text(process.stdin)) as SheetFile
  const reading = readSheets(file)
  for await (const block of reading) await send(packBlock(block))
  await send({ kind: 'end', report: reading.report })
} catch (error) {
  const named = isNamedError(error) ? error : sheetErrors.readerCrashed()
  await send({ kind: 'error', code: named.code, status: named.status, details: named.details })
}
