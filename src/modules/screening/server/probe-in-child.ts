import { spawn, type ChildProcess } from 'node:child_process'
import { NamedError } from '#kernel/pure/errors/index.ts'
import { collectProgram, programStart } from '#kernel/server/programs/index.ts'
import type { ProbeJob, ProbeMessage } from './outcome.ts'
import { screeningErrors } from './screening-errors.ts'
import { laneProgram } from './second-lane.ts'

/** Limits of the child that reads strangers' files (trust.md §3.1). */
export const probeLimits = { megabytes: 512, quietMs: 30_000, totalMs: 15 * 60_000 }

/**
 * The rows make little that lives long, so a young generation of eight megabytes does (smaller ones are collected too often, larger ones gain
 * nothing); and the collector keeps to its own thread, because the machine's other core is the second reader's. The kernel is compiled well
 * from the start: a comparison is over before it would be compiled again. Node's snapshot costs more pages than it saves here.
 */
export const probeFlags: readonly string[] = [
  '--max-semi-space-size=8',
  '--single-threaded-gc',
  '--no-wasm-dynamic-tiering',
  '--no-node-snapshot',
]

/** Nothing of ours but how many heaps the C library may keep for threads. */
export const probeEnvironment: NodeJS.ProcessEnv = { MALLOC_ARENA_MAX: '2' }

/**
 * Runs a comparison in a child process: nothing of our environment, no writing, no network of its own use, limited memory and time. `take` is called
 * for each piece in order. Throws the named error of the child, `screening.probe-timed-out`, `screening.probe-failed`.
 */
export async function probeInChild(job: ProbeJob, take: (message: ProbeMessage) => void, limits = probeLimits): Promise<void> {
  const child = startChild([`--max-old-space-size=${limits.megabytes}`, ...probeFlags])
  let timedOutMs = 0
  const stop = (afterMs: number) => {
    timedOutMs = afterMs
    child.kill('SIGKILL')
  }
  const total = setTimeout(() => stop(limits.totalMs), limits.totalMs)
  let quiet = setTimeout(() => stop(limits.quietMs), limits.quietMs)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: ProbeMessage) => {
        clearTimeout(quiet)
        quiet = setTimeout(() => stop(limits.quietMs), limits.quietMs)
        try {
          if (message.kind === 'error') reject(new NamedError(message.code, message.status, message.details))
          else if (message.kind === 'done') resolve()
          else take(message)
        } catch (fault) {
          reject(fault instanceof Error ? fault : new Error('a piece of the comparison could not be taken'))
        }
      })
      child.once('error', () => reject(screeningErrors.probeFailed({ reason: 'not-started' })))
      child.once('exit', (code, signal) => reject(howItEnded({ code, signal }, timedOutMs)))
      child.send(job, (fault) => {
        if (fault !== null) reject(screeningErrors.probeFailed({ reason: 'not-reached' }))
      })
    })
  } finally {
    clearTimeout(total)
    clearTimeout(quiet)
    child.removeAllListeners('message')
    child.kill('SIGKILL')
  }
}

function startChild(flags: readonly string[]): ChildProcess {
  const sandbox = ['--permission', '--allow-fs-read=*', '--allow-worker']
  const child = spawn(process.execPath, [...flags, ...sandbox, '--no-warnings', programStart], {
    env: probeEnvironment,
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
  })
  child.stdin?.on('error', () => undefined) // a child that died early is told by how it ended
  child.stdin?.end(JSON.stringify(collectProgram(new URL('./probe-child.ts', import.meta.url), [laneProgram])))
  return child
}

function howItEnded({ code, signal }: { code: number | null; signal: string | null }, timedOutMs: number): Error {
  if (timedOutMs > 0) return screeningErrors.probeTimedOut({ seconds: timedOutMs / 1000 })
  // V8 aborts when its heap is full.
  return screeningErrors.probeFailed({ reason: signal === 'SIGABRT' || code === 134 ? 'memory' : 'ended' })
}
