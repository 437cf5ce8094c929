import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { defineErrors } from '#kernel/pure/errors/index.ts'

export const lockErrors = defineErrors('start', { alreadyServing: 409 })

/**
 * Lets one program at a time serve (or copy) a data directory. A lock left by a program that was killed is taken over.
 * Returns how to give it back.
 */
export function takeLock(dataDirectory: string): () => void {
  const path = join(dataDirectory, 'serving.pid')
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const handle = openSync(path, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(path, { force: true })
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault
      const pid = Number(readFileSync(path, 'utf8'))
      if (pid !== process.pid && isAlive(pid)) throw lockErrors.alreadyServing({ pid, dataDirectory })
      rmSync(path, { force: true })
    }
  }
  throw lockErrors.alreadyServing({ pid: 0, dataDirectory })
}

/** True while a program serves the data directory. */
export function isServed(dataDirectory: string): boolean {
  try {
    return isAlive(Number(readFileSync(join(dataDirectory, 'serving.pid'), 'utf8')))
  } catch {
    return false // no lock file: nobody serves
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM'
  }
}
