import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate, startEmbedded, type ServerAccess } from '../src/kernel/server/database/index.ts'
import { installQueue } from '../src/kernel/server/jobs/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverAccess: ServerAccess
  }
}

/** The database that every test database is cloned from. */
export const templateName = 'bangfu_template'

/** Starts one embedded server for the run and migrates the template; stops it and removes its folder afterwards. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'bangfu-test-'))
  chmodSync(directory, 0o755) // the database user must be able to walk in
  const server = await startEmbedded(directory)
  await migrate(server.access, templateName)
  await installQueue(server.access, templateName)
  project.provide('serverAccess', server.access)
  return async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
