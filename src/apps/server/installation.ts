import { mkdirSync } from 'node:fs'
import { foldersOf, hasDatabase, type Config } from '#kernel/server/config/index.ts'
import {
  accessFromUrl,
  checkScopes,
  migrate,
  openDatabase,
  readMigrations,
  readPasswords,
  startEmbedded,
  type Database,
  type EmbeddedServer,
  type ServerAccess,
} from '#kernel/server/database/index.ts'
import { installQueue } from '#kernel/server/jobs/index.ts'
import { openVault, type Vault } from '#kernel/server/vault/index.ts'

/** A data directory that is open: its server runs, its tables are migrated, its keys are read. */
export interface Installation {
  config: Config
  access: ServerAccess
  databaseName: string
  database: Database
  vault: Vault
  filesDirectory: string
  /** False when a server was found running. */
  startedServer: boolean
  migrated: readonly string[]
  close(): Promise<void>
}

/** Opens a data directory: starts or finds the server, migrates, checks the second lock, opens the keys. */
export async function openInstallation(config: Config): Promise<Installation> {
  const folders = foldersOf(config.dataDirectory)
  const isNew = config.databaseUrl === undefined && !hasDatabase(config.dataDirectory)
  mkdirSync(config.dataDirectory, { recursive: true })
  const server = config.databaseUrl === undefined ? await startEmbedded(config.dataDirectory) : undefined
  try {
    const { access, name } = await findAccess(config, server)
    const migrated = await migrate(access, name)
    await installQueue(access, name)
    const vault = openVault(folders.keys, isNew || migrated.length === readMigrations().length)
    const database = openDatabase(access, name)
    await checkScopes(database)
    mkdirSync(folders.files, { recursive: true, mode: 0o700 })
    const close = async () => {
      await database.close()
      await server?.stop()
    }
    const opened = { config, access, databaseName: name, database, vault, filesDirectory: folders.files }
    return { ...opened, startedServer: server?.started ?? false, migrated, close }
  } catch (fault) {
    await server?.stop()
    throw fault
  }
}

async function findAccess(config: Config, server: EmbeddedServer | undefined): Promise<{ access: ServerAccess; name: string }> {
  if (server !== undefined) return { access: server.access, name: 'bangfu' }
  const passwords = readPasswords(foldersOf(config.dataDirectory).keys)
  const { access, database } = accessFromUrl(config.databaseUrl ?? '', passwords)
  return { access, name: database }
}
