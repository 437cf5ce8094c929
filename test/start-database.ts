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
    /** Test files share the modules of their worker. */
    isShared: boolean
  }
}

/** The database that every test database is cloned from. */
export const templateName = 'bangfu_template'

interface Run {
  access: ServerAccess
  folder: string
  users: number
  end(): Promise<void>
}

/** Several projects of one run share what is started here: vitest loads this file for each of them. */
const runs = globalThis as { bangfuRun?: Promise<Run> }

/** Starts one embedded server for the run and migrates the template; the last that leaves stops it and removes all that the run wrote. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  runs.bangfuRun ??= start()
  const run = await runs.bangfuRun
  run.users += 1
  project.provide('serverAccess', run.access)
  project.provide('runFolder', run.folder)
  project.provide('isShared', !project.config.isolate)
  return async () => {
    run.users -= 1
    if (run.users === 0) await run.end()
  }
}

async function start(): Promise<Run> {
  process.stdout.write(`BANGFU_SEED=${seed}\n`)
  const folder = openRunFolder()
  const server = await startEmbedded(folder.path)
  await migrate(server.access, templateName)
  await installQueue(server.access, templateName)
  const end = async () => {
    await server.stop()
    folder.remove()
  }
  return { access: server.access, folder: folder.path, users: 0, end }
}
