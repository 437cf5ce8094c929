import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldersOf } from '#kernel/server/config/index.ts'
import { withClient } from '#kernel/server/database/index.ts'
import { backupCommand, restoreCommand } from './commands/backup.ts'
import { openInstallation } from './installation.ts'
import { takeLock } from './lock.ts'

// The restore drill (trust.md §7): a real backup of a real data directory, restored, and every kind of damage refused.
const root = mkdtempSync(join(tmpdir(), 'bangfu-backup-'))
const data = join(root, 'data')
const backup = join(root, 'copy')
const config = { dataDirectory: data, databaseUrl: undefined, host: '127.0.0.1', port: 0 }
const place = { table: 'kept', column: 'cell', rowId: '1' }
let cell: Buffer
const quiet = { json: true }

beforeAll(async () => {
  chmodSync(root, 0o755)
  const installation = await openInstallation(config)
  cell = installation.vault.encrypt('a secret', place)
  await withClient({ ...installation.access.admin, database: 'bangfu' }, async (client) => {
    await client.query('CREATE TABLE public.kept AS SELECT n, md5(n::text) AS text FROM generate_series(1, 20000) AS n')
  })
  await installation.close()
  expect(await backupCommand.run({ ...quiet, data, out: backup }, [])).toBe(0)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const restoreTo = (name: string, source = backup) => restoreCommand.run({ ...quiet, data: join(root, name) }, [source])

describe('a backup', () => {
  it('holds the keys, names them, and comes back row by row', async () => {
    expect(readdirSync(join(backup, 'keys'))).toEqual(['data.key', 'database.json', 'index.key'])
    expect(await restoreTo('restored')).toBe(0)
    const again = await openInstallation({ ...config, dataDirectory: join(root, 'restored') })
    const sum = (access: typeof again.access) =>
      withClient(
        { ...access.admin, database: 'bangfu' },
        async (client) =>
          (await client.query("SELECT count(*) AS n, md5(string_agg(text, '' ORDER BY n)) AS digest FROM public.kept")).rows,
      )
    const restored = await sum(again.access)
    expect(again.vault.decrypt(cell, place)).toBe('a secret')
    await again.close()
    const original = await openInstallation(config)
    expect(await sum(original.access)).toEqual(restored)
    await original.close()
  })

  it('is refused whole when a file was cut, changed by one bit, lost, or a key exchanged; nothing is written', async () => {
    const files = readdirSync(join(backup, 'postgres'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(backup, 'postgres', name))
      .filter((path) => statSync(path).isFile() && statSync(path).size > 0)
    const key = join(foldersOf(backup).keys, 'data.key')
    const damages: [string, (path: string) => void][] = [
      [files[0] ?? '', (path) => truncateSync(path, statSync(path).size - 1)],
      [files[Math.floor(files.length / 2)] ?? '', flipOneBit],
      [files.at(-1) ?? '', (path) => rmSync(path)],
      [key, (path) => writeFileSync(path, `${'0'.repeat(64)}\n`)],
      [join(backup, 'bangfu-backup.json'), (path) => truncateSync(path, 100)],
    ]
    for (const [path, damage] of damages) {
      const before = readFileSync(path)
      damage(path)
      await expect(restoreTo('never'), path).rejects.toMatchObject({ code: 'backup.damaged' })
      expect(existsSync(join(root, 'never'))).toBe(false)
      writeFileSync(path, before)
    }
    await expect(restoreTo('never', root)).rejects.toMatchObject({ code: 'backup.not-a-backup' })
  })

  it('is never restored over data, nor made while a program serves', async () => {
    await expect(restoreTo('data')).rejects.toMatchObject({ code: 'backup.not-empty' })
    await expect(backupCommand.run({ ...quiet, data, out: backup }, [])).rejects.toMatchObject({ code: 'backup.not-empty' })
    const installation = await openInstallation(config)
    await expect(backupCommand.run({ ...quiet, data, out: join(root, 'second') }, [])).rejects.toMatchObject({ code: 'backup.in-use' })
    await installation.close()
    writeFileSync(join(data, 'serving.pid'), String(process.ppid))
    await expect(backupCommand.run({ ...quiet, data, out: join(root, 'second') }, [])).rejects.toMatchObject({ code: 'backup.stop-first' })
    expect(() => takeLock(data)).toThrow('start.already-serving')
    writeFileSync(join(data, 'serving.pid'), '999999999')
    takeLock(data)() // a lock of a program that was killed is taken over
  })
})

function flipOneBit(path: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(path, bytes)
}
