import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** V8's flags of the comparing process; its compiled code is only good for a process with the same. */
export interface ProbeProgram {
  flags: readonly string[]
  /** Folder of compiled code, the app's own. */
  cache: string
}

/**
 * The environment of the comparing process: nothing of ours but where compiled code lies, which spares it the compiler of TypeScript
 * (some 25 MB), and how many heaps the C library may keep for threads.
 */
export function probeEnvironment(cache: string): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: cache, MALLOC_ARENA_MAX: '2' }
}

/** Where the compiled code lies: beside the register's indexes, which only the app may write. */
export function cacheBeside(indexPath: string): string {
  return join(dirname(indexPath), 'engine')
}

/**
 * Compiles the comparing program for later runs, once for each state of its sources: the comparing process itself may not write. A
 * failure costs nothing but memory, so it is not told.
 */
export async function warmProbe({ flags, cache }: ProbeProgram): Promise<void> {
  const mark = join(cache, `ready-${stateOfSources(flags)}`)
  if (existsSync(mark)) return
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const program = fileURLToPath(new URL('./probe-warm.ts', import.meta.url))
  const child = spawn(process.execPath, [...flags, '--no-warnings', program], {
    env: probeEnvironment(cache),
    stdio: 'ignore',
    windowsHide: true,
    timeout: 20_000,
  })
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', resolve)
  })
  if (code === 0) writeFileSync(mark, '')
}

/** Changes when the engine's sources, its flags or Node do. */
function stateOfSources(flags: readonly string[]): string {
  const state = createHash('sha256').update([process.version, ...flags].join(' '))
  for (const room of ['.', '../rules']) {
    const folder = fileURLToPath(new URL(`${room}/`, import.meta.url))
    for (const name of readdirSync(folder).toSorted()) {
      const { mtimeMs, size } = statSync(join(folder, name))
      state.update(`${name} ${mtimeMs} ${size}\n`)
    }
  }
  return state.digest('hex').slice(0, 16)
}
