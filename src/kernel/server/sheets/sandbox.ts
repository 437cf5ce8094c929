import { spawn, type ChildProcess } from 'node:child_process'
import { NamedError } from '#kernel/pure/errors/index.ts'
import { sheetErrors } from './errors.ts'
import { makeMessageReader, Unpacker } from './sandbox-messages.ts'
import { collectProgram, programStart } from '#kernel/server/programs/index.ts'
import type { Reading, ReadReport, RowBlock, SheetFile } from './sheet-types.ts'

/** Limits of the child that parses (trust.md §3.1). */
export interface SandboxLimits {
  megabytes: number
  /** Longest wait for the next rows, while we wait for them. */
  quietMs: number
  totalMs: number
}
export const sandboxLimits: SandboxLimits = { megabytes: 512, quietMs: 30_000, totalMs: 15 * 60_000 }

/**
 * Reads all visible sheets in a child process of its own: no environment, no writing, no processes, limited memory and time.
 * The same blocks as `readSheets`; a crash, a kill or a time-out becomes a `sheets.*` error. Stop early with `break`: the child ends too.
 */
export function readSheetsSandboxed(file: SheetFile, limits: SandboxLimits = sandboxLimits): Reading {
  const report: ReadReport = { sheets: [], notes: file.notes, brokenCharacters: 0 }
  const blocks = readInChild(file, limits, report)
  return { report, [Symbol.asyncIterator]: () => blocks }
}

function start(megabytes: number): ChildProcess {
  const memory = [`--max-old-space-size=${megabytes}`, '--max-semi-space-size=4']
  const flags = [...memory, '--permission', '--allow-fs-read=*', '--no-warnings', programStart]
  return spawn(process.execPath, flags, { env: {}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
}

interface Watch {
  lastRow: number
  timedOutAfterMs: number
}

async function* readInChild(file: SheetFile, limits: SandboxLimits, report: ReadReport): AsyncGenerator<RowBlock> {
  const child = start(limits.megabytes)
  const watch: Watch = { lastRow: 0, timedOutAfterMs: 0 }
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('error', () => resolve({ code: -1, signal: null }))
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const total = setTimeout(() => stop(child, watch, limits.totalMs), limits.totalMs)
  try {
    child.stdin?.on('error', () => undefined) // a child that died early is told by how it ended
    child.stdin?.end(JSON.stringify({ given: file, ...collectProgram(new URL('./sandbox-child.ts', import.meta.url)) }))
    const read = makeMessageReader()
    const unpacker = new Unpacker()
    for await (const bytes of bytesOf(child, watch, limits.quietMs)) {
      for (const { head, body } of read(bytes)) {
        if (head.kind === 'error') throw new NamedError(head.code, head.status, head.details)
        if (head.kind === 'end') {
          Object.assign(report, head.report)
          return
        }
        const block = unpacker.unpack(head, body)
        watch.lastRow = block.rows.at(-1)?.row ?? watch.lastRow
        yield block
      }
    }
    throw howItEnded(await ended, watch, limits)
  } finally {
    clearTimeout(total)
    child.kill('SIGKILL')
  }
}

function stop(child: ChildProcess, watch: Watch, afterMs: number): void {
  watch.timedOutAfterMs = afterMs
  child.kill('SIGKILL')
}

function howItEnded(end: { code: number | null; signal: string | null }, watch: Watch, limits: SandboxLimits): NamedError {
  if (watch.timedOutAfterMs > 0) return sheetErrors.readerTimedOut({ seconds: watch.timedOutAfterMs / 1000, row: watch.lastRow })
  // V8 aborts when its heap is full.
  if (end.signal === 'SIGABRT' || end.code === 134) return sheetErrors.readerTooBig({ megabytes: limits.megabytes })
  return sheetErrors.readerCrashed()
}

/** What comes over the pipe. When nobody takes it, the pipe fills and holds the child back. */
async function* bytesOf(child: ChildProcess, watch: Watch, quietMs: number): AsyncGenerator<Buffer> {
  if (child.stdout === null) return
  const blocks = child.stdout[Symbol.asyncIterator]()
  for (;;) {
    const quiet = setTimeout(() => stop(child, watch, quietMs), quietMs)
    const next = await blocks.next().finally(() => clearTimeout(quiet))
    if (next.done === true) return
    // Safe: the pipe has no encoding, so its blocks are buffers.
    yield next.value as Buffer
  }
}
