import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'bangfu-test-'

/** Where a run of the tests writes everything. */
export interface RunFolder {
  path: string
  remove(): void
}

/**
 * Makes the folder of this run and sends there whatever the tests and the programs that they start put into the system's folder for
 * temporary files. It goes at the end of the run, also after a failure or Ctrl-C; what a killed run left is removed by the next one.
 */
export function openRunFolder(): RunFolder {
  removeOrphans()
  const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  chmodSync(path, 0o755) // the database user must be able to walk in
  const temporary = join(path, 'tmp')
  mkdirSync(temporary)
  chmodSync(temporary, 0o1777)
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = temporary
  // The programs that tests start need not compile the same sources each.
  process.env['NODE_COMPILE_CACHE'] = join(path, 'compiled')
  const atExit = () => {
    endServer(path)
    rmSync(path, { recursive: true, force: true })
  }
  process.once('exit', atExit)
  return {
    path,
    remove: () => {
      process.removeListener('exit', atExit)
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Folders whose run is no more. A server that still runs in one ends by itself when it misses its files. */
function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM'
  }
}

/** Ends the database server that this run started and had no time to stop in order. */
function endServer(path: string): void {
  const pidFile = join(path, 'postgres', 'postmaster.pid')
  if (!existsSync(pidFile)) return
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT')
  } catch {
    // it ended by itself
  }
}
