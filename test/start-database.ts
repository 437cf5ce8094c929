import { seed } from './chance.ts'
import { openRunFolder } from './run-folder.ts'
import type { TestProject } from 'vitest/node'
import { migrate, startEmbedded, type ServerAccess } from '../src/kernel/server/database/index.ts'
import { installQueue } from '../src/kernel/server/jobs/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverAccess: ServerAccess
    /** A folder of the whole run, removed at its end. */
    runFolder: string
  }
}

/** The database that every test database is cloned from. */
export const templateName = 'bangfu_template'

/** Starts one embedded server for the run and migrates the template; stops it and removes all that the run wrote afterwards. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  process.stdout.write(`BANGFU_SEED=${seed}\n`)
  const folder = openRunFolder()
  const server = await startEmbedded(folder.path)
  await migrate(server.access, templateName)
  await installQueue(server.access, templateName)
  project.provide('serverAccess', server.access)
  project.provide('runFolder', folder.path)
  return async () => {
    await server.stop()
    folder.remove()
  }
}
