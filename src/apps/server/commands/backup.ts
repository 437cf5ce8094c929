import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { defineErrors } from '#kernel/pure/errors/index.ts'
import { foldersOf, hasDatabase } from '#kernel/server/config/index.ts'
import { startEmbedded } from '#kernel/server/database/index.ts'
import { listKeyFiles } from '#kernel/server/vault/index.ts'
import { copyInData, copyOutData, verifyCopy } from '../copy-data.ts'
import { isServed, takeLock } from '../lock.ts'
import { makeProgress } from '../progress.ts'
import { configOf, print, textOf, type Command, type Given } from './command.ts'

export const backupErrors = defineErrors('backup', { stopFirst: 409, ownServer: 400, nothingThere: 400, inUse: 409 })

/** `bangfu backup`: stop, copy, verify; keys included and named. */
export const backupCommand: Command = {
  name: 'backup',
  usage: 'npx bangfu backup [--out DIR] [--data DIR]',
  zh: '停机备份：复制整个数据目录（含密钥）并逐个校验',
  en: 'cold copy of the data directory, keys included, every file verified',
  options: { out: { type: 'string' } },
  run: backUp,
}

/** `bangfu restore`: verify whole, then copy in; never over existing data. */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'npx bangfu restore BACKUP --data DIR',
  zh: '从备份恢复到空的数据目录：先校验，再复制',
  en: 'verify a backup, then restore it into an empty data directory',
  options: {},
  run: restore,
}

async function backUp(given: Given): Promise<number> {
  const config = configOf(given)
  if (config.databaseUrl !== undefined) throw backupErrors.ownServer()
  if (!hasDatabase(config.dataDirectory)) throw backupErrors.nothingThere({ dataDirectory: config.dataDirectory })
  if (isServed(config.dataDirectory)) throw backupErrors.stopFirst({ dataDirectory: config.dataDirectory })
  const giveBack = takeLock(config.dataDirectory)
  const progress = makeProgress(given['json'] === true)
  try {
    await settle(config.dataDirectory)
    const name = new Date().toISOString().slice(0, 19).replaceAll(':', '')
    const target = resolve(textOf(given, 'out') ?? join(foldersOf(config.dataDirectory).backups, name))
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    const manifest = await copyOutData(config.dataDirectory, target, (done, all) => progress.step('复制并校验 copying', done, all))
    progress.end()
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    const keys = listKeyFiles(join(target, 'keys'))
    print(given, { ok: true, target, files: manifest.files.length, bytes, keys }, [
      `备份完成 backed up: ${target}`,
      `${manifest.files.length} 个文件 files, ${(bytes / 1_048_576).toFixed(1)} MB, 全部校验通过 all verified`,
      `含密钥 keys inside: ${keys.join(', ')} —— 备份等同原数据，请同样保管 guard it like the data itself`,
    ])
    return 0
  } finally {
    giveBack()
  }
}

/** A server that was killed replays its log, then every program leaves it: only then are the files whole. */
async function settle(dataDirectory: string): Promise<void> {
  const server = await startEmbedded(dataDirectory)
  await server.stop()
  if (existsSync(join(foldersOf(dataDirectory).postgres, 'postmaster.pid'))) throw backupErrors.inUse({ dataDirectory })
}

async function restore(given: Given, words: readonly string[]): Promise<number> {
  const [source] = words
  const config = configOf(given)
  if (source === undefined) throw new Error(restoreCommand.usage)
  if (config.databaseUrl !== undefined) throw backupErrors.ownServer()
  const progress = makeProgress(given['json'] === true)
  const manifest = await verifyCopy(resolve(source), (done, all) => progress.step('校验 verifying', done, all))
  progress.end()
  await copyInData(resolve(source), config.dataDirectory, manifest)
  const keys = manifest.files.map((file) => file.path).filter((path) => path.startsWith('keys'))
  print(given, { ok: true, dataDirectory: config.dataDirectory, files: manifest.files.length, keys }, [
    `恢复完成 restored: ${config.dataDirectory}`,
    `${manifest.files.length} 个文件 files, 备份时间 made at ${manifest.madeAt}, 密钥 keys: ${keys.join(', ')}`,
  ])
  return 0
}
