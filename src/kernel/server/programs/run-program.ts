import { spawn, type ChildProcess } from 'node:child_process'
import { defineErrors, NamedError } from '#kernel/pure/errors/index.ts'
import { collectProgram } from './collect-program.ts'
import { programStart } from './program-start.ts'

export const programErrors = defineErrors('programs', {
  /** The child ended without an answer: what it was given broke it. */
  crashed: 422,
  /** `megabytes`. */
  tooBig: 413,
  /** `seconds`. */
  timedOut: 422,
  /** Too many wait already. */
  busy: 503,
})

/** Limits of a child that works on what strangers made (trust.md §3). `addons`: it needs a native library, which the permissions of Node do not bind. */
export interface ProgramLimits {
  readonly megabytes: number
  readonly seconds: number
  readonly addons?: true
}

const placesAtOnce = 2
const mostWaiting = 40
const waiting: (() => void)[] = []
let running = 0

/**
 * Runs `begin(given)` of a module in a child process: empty environment, no writing, no processes, limited memory and time, two at once. `begin`
 * answers with `answerParent`. Throws the named error that the child answered, `programs.crashed`, `.timed-out`, `.too-big` or `.busy`.
 */
export async function runProgram(entry: URL, given: unknown, limits: ProgramLimits): Promise<unknown> {
  await takePlace()
  try {
    return readAnswer(await outputOf(entry, given, limits))
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next() // it takes over this place
  }
}

async function takePlace(): Promise<void> {
  if (running < placesAtOnce) {
    running += 1
    return
  }
  if (waiting.length >= mostWaiting) throw programErrors.busy()
  await new Promise<void>((resolve) => waiting.push(resolve))
}

function start(limits: ProgramLimits): ChildProcess {
  const addons = limits.addons === true ? ['--allow-addons'] : []
  const flags = [`--max-old-space-size=${limits.megabytes}`, '--permission', '--allow-fs-read=*', ...addons, '--no-warnings', programStart]
  return spawn(process.execPath, flags, { env: {}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
}

async function outputOf(entry: URL, given: unknown, limits: ProgramLimits): Promise<string> {
  const child = start(limits)
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, limits.seconds * 1000)
  const blocks: Buffer[] = []
  let bytes = 0
  child.stdout?.on('data', (block: Buffer) => {
    bytes += block.length
    if (bytes <= mostAnswerBytes) blocks.push(block)
    else child.kill('SIGKILL')
  })
  child.stdin?.on('error', () => undefined) // a child that died early is told by how it ended
  child.stdin?.end(JSON.stringify({ given, ...collectProgram(entry) }))
  const end = await new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('error', () => resolve({ code: -1, signal: null }))
    child.once('close', (code, signal) => resolve({ code, signal }))
  }).finally(() => clearTimeout(timer))
  if (isLate) throw programErrors.timedOut({ seconds: limits.seconds })
  // V8 aborts when its heap is full.
  if (end.signal === 'SIGABRT' || end.code === 134) throw programErrors.tooBig({ megabytes: limits.megabytes })
  if (end.code !== 0) throw programErrors.crashed()
  return Buffer.concat(blocks).toString('utf8')
}

const mostAnswerBytes = 128 * 1024 * 1024

function readAnswer(output: string): unknown {
  if (output === '') throw programErrors.crashed()
  // Safe: only `answerParent` writes to the output.
  const sent = JSON.parse(output) as { answer?: unknown; error?: { code: string; status: number; details: Record<string, unknown> } }
  if (sent.error !== undefined) throw new NamedError(sent.error.code, sent.error.status, sent.error.details)
  return sent.answer
}
