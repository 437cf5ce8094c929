import { vi } from 'vitest'
import { runCommand } from '../src/apps/server/run-command.ts'

/** What a command printed and how it ended. */
export interface Ran {
  code: number
  out: string
  err: string
  /** The last line of what it printed, which is JSON with --json. */
  json(): unknown
}

/**
 * Runs a command of the command line in this program, as main.ts does, and keeps what it prints: for tests of what a command says and
 * does. What belongs to the process (its end, its signals, its start) is tested with a program of its own.
 */
export async function runHere(...words: string[]): Promise<Ran> {
  const said = { stdout: '', stderr: '' }
  const heard = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += typeof text === 'string' ? text : Buffer.from(text).toString()
      return true
    }),
  )
  try {
    const code = await runCommand(words)
    return { code, out: said.stdout, err: said.stderr, json: () => JSON.parse(said.stdout.trim().split('\n').at(-1) ?? '') as unknown }
  } finally {
    for (const one of heard) one.mockRestore()
  }
}
