import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findBlockingFolder, findDatabaseUser } from './database-user.ts'
import { migrate, openDatabase, startEmbedded, withClient, type EmbeddedServer } from './index.ts'

const opened: { server: EmbeddedServer; folder: string }[] = []
const folders: string[] = []
async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded(folder)
  opened.push({ server, folder })
  return server
}
function makeFolder(name = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-embedded-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  const inner = join(folder, name)
  mkdirSync(inner, { recursive: true })
  return inner
}
const isRunning = (folder: string) => existsSync(join(folder, 'postgres', 'postmaster.pid'))

afterEach(async () => {
  for (const { server } of opened.splice(0)) await server.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the embedded server', () => {
  it('starts, keeps its data over a stop, and leaves no process behind', async () => {
    const folder = makeFolder()
    const first = await start(folder)
    expect(await migrate(first.access, 'bangfu')).not.toEqual([])
    expect(await migrate(first.access, 'bangfu')).toEqual([])
    const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    await first.stop()
    expect(isRunning(folder)).toBe(false)
    expect(() => process.kill(pid, 0)).toThrow()
    const second = await start(folder)
    expect(second.started).toBe(true)
    expect(await migrate(second.access, 'bangfu')).toEqual([])
  })

  it('is found and reused by a second program, and stopped by the last that leaves', async () => {
    const folder = makeFolder()
    const first = await start(folder)
    const second = await start(folder)
    expect([first.started, second.started]).toEqual([true, false])
    await first.stop()
    expect(isRunning(folder)).toBe(true)
    await second.stop()
    expect(isRunning(folder)).toBe(false)
  })

  it('is stopped although a connection of a program that has gone is still listed', async () => {
    const folder = makeFolder()
    const server = await start(folder)
    const left = new pg.Client({ ...server.access.admin, application_name: 'bangfu presence 4194305' }) // no program has this number
    await left.connect()
    const stopped = server.stop()
    await left.query('SELECT 1')
    await left.end()
    await stopped
    expect(isRunning(folder)).toBe(false)
  })

  it('is ready again after it was killed, with what was acknowledged', async () => {
    const folder = makeFolder()
    const server = await start(folder)
    await withClient(server.access.admin, (client) => client.query('CREATE TABLE kept AS SELECT 1 AS one'))
    const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(-pid, 'SIGKILL')
    const again = await start(folder)
    const rows = await withClient(again.access.admin, (client) => client.query('SELECT one FROM kept'))
    expect(rows.rows).toEqual([{ one: 1 }])
  })

  it('starts although the lock file still names a process that is about to end', async () => {
    const folder = makeFolder()
    await (await start(folder)).stop()
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { ...findDatabaseUser(), stdio: 'ignore' })
    const ended = new Promise((resolve) => holder.once('exit', resolve))
    const lock = join(folder, 'postgres', 'postmaster.pid')
    writeFileSync(lock, `${holder.pid}\n${join(folder, 'postgres')}\n1\n5432\n${join(folder, 'socket')}\n\n0 0\n`)
    const log = () => readFileSync(join(folder, 'postgres.log'), 'utf8')
    const starting = start(folder)
    try {
      await vi.waitFor(() => expect(log()).toContain('lock file "postmaster.pid" already exists'), { timeout: 30_000 })
    } finally {
      holder.kill('SIGKILL')
      await ended
    }
    expect((await starting).started).toBe(true)
  })

  it('listens on no network, and its socket lies in a private folder even when the path is long', async () => {
    const folder = makeFolder('a'.repeat(90))
    const server = await start(folder)
    const shown = await withClient(server.access.admin, (client) => client.query<{ listen_addresses: string }>('SHOW listen_addresses'))
    expect(shown.rows[0]?.listen_addresses).toBe('')
    expect(Buffer.byteLength(join(server.access.admin.host ?? '', '.s.PGSQL.5432'))).toBeLessThanOrEqual(100)
    expect(readFileSync(join(folder, 'socket-path'), 'utf8').trim()).toBe(server.access.admin.host)
  })

  it('refuses a wrong password', async () => {
    const server = await start(makeFolder())
    await migrate(server.access, 'bangfu')
    const stranger = openDatabase({ ...server.access, passwords: { ...server.access.passwords, app: 'guess' } }, 'bangfu')
    await expect(stranger.pool.query('SELECT 1')).rejects.toThrow(/password/)
    await stranger.close()
  })

  it('names the folder that the database user may not enter', () => {
    const folder = makeFolder('closed/inner')
    chmodSync(join(folder, '..'), 0o700)
    expect(findBlockingFolder(folder, { uid: 65534, gid: 65534 })).toBe(join(folder, '..'))
  })
})
