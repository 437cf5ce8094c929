import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json: the checkout. */
export const checkoutDirectory = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..')

/** What the surroundings say: where everything is kept and how to listen. */
export interface Config {
  /** Holds everything: database, keys, files, backups. */
  dataDirectory: string
  /** A server of the county's own; absent: the embedded one. */
  databaseUrl: string | undefined
  host: string
  port: number
}

/** The data directory when none is named: beside the checkout's files, or /var/lib/bangfu for root (trust.md §1.2). */
export function defaultDataDirectory(): string {
  const isRoot = process.getuid?.() === 0
  return isRoot ? '/var/lib/bangfu' : join(checkoutDirectory, 'data')
}

/** Reads the surroundings. `given` are command-line options, which win over the environment. */
export function readConfig(given: { data?: string | undefined; host?: string | undefined; port?: number | undefined }): Config {
  const fromEnvironment = process.env['BANGFU_DATA']
  return {
    dataDirectory: resolve(given.data ?? fromEnvironment ?? defaultDataDirectory()),
    databaseUrl: process.env['DATABASE_URL'] === '' ? undefined : process.env['DATABASE_URL'],
    host: given.host ?? '127.0.0.1',
    port: given.port ?? Number(process.env['PORT'] ?? 8321),
  }
}

/** Folders below a data directory, one place for their names. */
export function foldersOf(dataDirectory: string): { postgres: string; socket: string; keys: string; files: string; backups: string } {
  const at = (name: string) => join(dataDirectory, name)
  return { postgres: at('postgres'), socket: at('socket'), keys: at('keys'), files: at('files'), backups: at('backups') }
}

/** True when a data directory already holds a database. */
export function hasDatabase(dataDirectory: string): boolean {
  return existsSync(join(foldersOf(dataDirectory).postgres, 'PG_VERSION'))
}
