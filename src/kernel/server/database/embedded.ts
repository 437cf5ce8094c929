import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { defineErrors } from '#kernel/pure/errors/index.ts'
import { foldersOf, hasDatabase } from '../config/index.ts'
import { findBinaries } from './binaries.ts'
import { withClient } from './connect.ts'
import { findBlockingFolder, findDatabaseUser, makeOwnFolder, type DatabaseUser } from './database-user.ts'
import { readPasswords } from './passwords.ts'
import type { ServerAccess } from './types.ts'

export const embeddedErrors = defineErrors('database', { initFailed: 500, startFailed: 500, unsafeSettings: 500 })

/** A running embedded server. `stop` shuts it down unless another program still uses it. */
export interface EmbeddedServer {
  access: ServerAccess
  /** False when a running server was found and reused. */
  started: boolean
  stop(): Promise<void>
}

/** An eighth of the machine for PostgreSQL's own cache (2 GB at most): a county of 900,000 persons runs on 4 GB. */
const settings = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: `${Math.round(Math.min(2048, Math.max(128, totalmem() / 8 / 1_048_576)))}MB`,
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  effective_cache_size: '1GB',
  max_wal_size: '8GB',
  wal_compression: 'on',
  wal_buffers: '32MB',
  checkpoint_timeout: '15min',
  max_connections: '60',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'Asia/Shanghai',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  logging_collector: 'off',
  password_encryption: 'scram-sha-256',
} as const

/** Starts the embedded PostgreSQL of a data directory, or finds the one that runs there already. */
export async function startEmbedded(dataDirectory: string): Promise<EmbeddedServer> {
  const folders = foldersOf(dataDirectory)
  const user = findDatabaseUser()
  mkdirSync(dataDirectory, { recursive: true })
  makeOwnFolder(folders.postgres, user)
  const binaries = findBinaries(dataDirectory, user === undefined ? undefined : (path) => findBlockingFolder(path, user) === undefined)
  const passwords = readPasswords(folders.keys)
  if (!hasDatabase(dataDirectory))
    initialise({ binaries: binaries.directory, directory: folders.postgres, password: passwords.admin, user })
  const address = await findAddress(dataDirectory, user)
  const access: ServerAccess = {
    admin: { host: address.host, port: address.port, user: 'postgres', password: passwords.admin, database: 'postgres' },
    passwords,
  }
  const found = await isAnswering(access)
  if (!found)
    await launchUntilAnswering(access, folders.postgres, () =>
      launch({ binaries: binaries.directory, directory: folders.postgres, address, user }),
    )
  await refuseUnsafeSettings(access)
  const presence = await hold(access)
  const stop = async () => {
    await presence.client.end().catch(() => undefined) // a server that was killed has ended it already
    await stopWhenUnused(access, { directory: folders.postgres, own: presence.backend })
  }
  return { access, started: !found, stop }
}

interface Address {
  host: string
  port: number
  listen: string
}

/** The socket lives in the data directory; a path over 100 bytes moves to a private folder whose path is written down. Windows: loopback. */
async function findAddress(dataDirectory: string, user: DatabaseUser | undefined): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await rememberedPort(dataDirectory), listen: '127.0.0.1' }
  const own = foldersOf(dataDirectory).socket
  const note = join(dataDirectory, 'socket-path')
  let host = own
  if (Buffer.byteLength(join(own, '.s.PGSQL.5432')) > 100) {
    if (existsSync(note) && existsSync(readFileSync(note, 'utf8').trim())) host = readFileSync(note, 'utf8').trim()
    else {
      host = mkdtempSync(join(tmpdir(), 'bangfu-'))
      writeFileSync(note, `${host}\n`)
    }
  }
  makeOwnFolder(host, user)
  return { host, port: 5432, listen: '' }
}

async function rememberedPort(dataDirectory: string): Promise<number> {
  const note = join(dataDirectory, 'port')
  if (existsSync(note)) return Number(readFileSync(note, 'utf8'))
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
  writeFileSync(note, String(port))
  return port
}

function initialise(given: { binaries: string; directory: string; password: string; user: DatabaseUser | undefined }): void {
  const passwordFolder = mkdtempSync(join(tmpdir(), 'bangfu-'))
  const passwordFile = join(passwordFolder, 'password')
  try {
    writeFileSync(passwordFile, given.password, { mode: 0o600 })
    if (given.user !== undefined) {
      chownSync(passwordFolder, given.user.uid, given.user.gid)
      chownSync(passwordFile, given.user.uid, given.user.gid)
    }
    const done = spawnSync(
      join(given.binaries, 'bin', 'initdb'),
      [
        '-D',
        given.directory,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--data-checksums',
        '-E',
        'UTF8',
        '--no-locale',
      ],
      { ...given.user, cwd: given.directory, encoding: 'utf8', env: plainEnvironment() },
    )
    if (done.status !== 0) throw embeddedErrors.initFailed({ output: (done.stderr || String(done.error ?? '')).slice(-600) })
  } catch (fault) {
    rmSync(join(given.directory, 'PG_VERSION'), { force: true })
    throw fault
  } finally {
    rmSync(passwordFolder, { recursive: true, force: true })
  }
  chmodSync(given.directory, 0o700)
}

function launch(given: { binaries: string; directory: string; address: Address; user: DatabaseUser | undefined }): ChildProcess {
  const all = { ...settings, listen_addresses: given.address.listen, port: String(given.address.port) }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  if (process.platform !== 'win32')
    options.push('-c', `unix_socket_directories=${given.address.host}`, '-c', 'unix_socket_permissions=0700')
  const log = openSync(join(given.directory, '..', 'postgres.log'), 'a', 0o600)
  // A session of its own: Ctrl-C reaches the app, which then stops the server in order.
  const child = spawn(join(given.binaries, 'bin', 'postgres'), ['-D', given.directory, ...options], {
    ...given.user,
    cwd: given.directory,
    detached: true,
    stdio: ['ignore', log, log],
    env: plainEnvironment(),
  })
  child.unref()
  return child
}

function plainEnvironment(): NodeJS.ProcessEnv {
  return { LANG: 'C', LC_ALL: 'C', PATH: process.env['PATH'] ?? '', SystemRoot: process.env['SystemRoot'] }
}

async function isAnswering(access: ServerAccess): Promise<boolean> {
  try {
    await withClient({ ...access.admin, connectionTimeoutMillis: 5000 }, (client) => client.query('SELECT 1'))
    return true
  } catch {
    return false // not running, starting or shutting down: the caller waits or starts one
  }
}

/**
 * Launches until the server answers. A server that was killed leaves its lock file, and PostgreSQL refuses to start as long as the
 * process named there (or one of its children) is not quite gone: such a refusal is tried again, any other one is told.
 */
async function launchUntilAnswering(access: ServerAccess, directory: string, launchOnce: () => ChildProcess): Promise<void> {
  const watch = (child: ChildProcess) => {
    const state = { ended: false }
    for (const name of ['exit', 'error']) child.once(name, () => (state.ended = true))
    return state
  }
  let child = watch(launchOnce())
  // A server after a crash replays its log first; kill -9 must be ready in under 60 s.
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await isAnswering(access)) return
    if (child.ended) {
      const holder = lockHolder(directory)
      if (holder === undefined) break
      if (!isThere(holder)) child = watch(launchOnce())
    }
    await wait(50)
  }
  const log = join(directory, '..', 'postgres.log')
  throw embeddedErrors.startFailed({ log, output: existsSync(log) ? readFileSync(log, 'utf8').slice(-600) : '' })
}

/** The process that the server's lock file names; undefined without a file. */
function lockHolder(directory: string): number | undefined {
  try {
    return Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined // no lock file, or it went this moment
  }
}

/** Boot self-test: a server that could lose acknowledged writes is refused (trust.md §1.3). */
async function refuseUnsafeSettings(access: ServerAccess): Promise<void> {
  const wanted = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', data_checksums: 'on' }
  await withClient(access.admin, async (client) => {
    for (const [name, value] of Object.entries(wanted)) {
      const shown = await client.query<Record<string, string>>(`SHOW ${name}`)
      if (shown.rows[0]?.[name] !== value) throw embeddedErrors.unsafeSettings({ name, value: shown.rows[0]?.[name] ?? '' })
    }
  })
}

const presenceName = 'bangfu presence'

/** One connection that stays open as long as this program uses the server, so that no other program stops it meanwhile; it names its program. */
async function hold(access: ServerAccess): Promise<{ client: pg.Client; backend: number }> {
  const client = new pg.Client({ ...access.admin, application_name: `${presenceName} ${process.pid}`, keepAlive: true })
  client.on('error', () => undefined) // the pool reports a broken server to whoever asks next
  await client.connect()
  const found = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return { client, backend: found.rows[0]?.pid ?? 0 }
}

/** The last program that leaves stops the server: fast shutdown, then wait until its pid file and its process are gone. */
async function stopWhenUnused(access: ServerAccess, given: { directory: string; own: number }): Promise<void> {
  const pidFile = join(given.directory, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  if (await isUsedByOthers(access, given.own)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return // it ended by itself
  }
  for (let tries = 0; tries < 600 && existsSync(pidFile); tries += 1) await wait(50)
  // The file goes a moment before the process does; one that its parent does not clear away is not waited for without end.
  for (let tries = 0; tries < 100 && isThere(pid); tries += 1) await wait(50)
}

/**
 * Whether another program still uses the server. A connection that was closed is listed a moment longer, on a busy machine a long one:
 * what names no program that lives is given five seconds to go before it counts (somebody's psql stays, and the server with it).
 */
async function isUsedByOthers(access: ServerAccess, own: number): Promise<boolean> {
  const statement = `SELECT application_name AS name FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND pid <> $1`
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await withClient(access.admin, (client) => client.query<{ name: string }>(statement, [own])).catch(() => ({ rows: [] }))
    if (found.rows.length === 0) return false
    if (found.rows.some(({ name }) => name.startsWith(presenceName) && isThere(Number(name.slice(presenceName.length))))) return true
    await wait(50)
  }
  return true
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM' // another user's
  }
}
