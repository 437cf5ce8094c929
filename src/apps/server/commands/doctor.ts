import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { checkoutDirectory, foldersOf } from '#kernel/server/config/index.ts'
import { checkScopes, withClient } from '#kernel/server/database/index.ts'
import { listGivenUp } from '#kernel/server/jobs/index.ts'
import { listKeyFiles } from '#kernel/server/vault/index.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { isServed } from '../lock.ts'
import { configOf, print, type Command, type Given } from './command.ts'

interface Finding {
  name: string
  state: 'good' | 'warn' | 'bad'
  says: string
}

/** `bangfu doctor`: what is well, what is not, what to do. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'npx bangfu doctor [--strict] [--data DIR]',
  zh: '系统体检：程序、数据库、密钥、磁盘、权限锁',
  en: 'check program, database, keys, disk and the second lock',
  options: { strict: { type: 'boolean' } },
  run: examine,
}

async function examine(given: Given): Promise<number> {
  const config = configOf(given)
  const installation = await openInstallation(config)
  try {
    const findings = [
      { name: 'Node', state: 'good', says: process.version } as const,
      await databaseFinding(installation),
      await lockFinding(installation),
      keyFinding(installation),
      await workFinding(installation),
      diskFinding(config.dataDirectory),
      appFinding(),
      { name: '服务 serving', state: 'good', says: isServed(config.dataDirectory) ? '正在运行 running' : '未运行 not running' } as const,
    ]
    const marks = { good: '●', warn: '◆', bad: '▲' }
    print(given, { ok: findings.every((one) => one.state !== 'bad'), dataDirectory: config.dataDirectory, findings }, [
      `数据目录 data: ${config.dataDirectory}`,
      ...findings.map((one) => `${marks[one.state]} ${one.name}: ${one.says}`),
    ])
    const isBad = findings.some((one) => one.state === 'bad' || (given['strict'] === true && one.state === 'warn'))
    return isBad ? 1 : 0
  } finally {
    await installation.close()
  }
}

async function databaseFinding(installation: Installation): Promise<Finding> {
  const facts = await withClient({ ...installation.access.admin, database: installation.databaseName }, async (client) => {
    const rows = await client.query<{ version: string; bytes: string; checksums: string }>(
      "SELECT version() AS version, pg_size_pretty(pg_database_size(current_database())) AS bytes, current_setting('data_checksums') AS checksums",
    )
    return rows.rows[0]
  })
  const says = `${facts?.version.split(' on ')[0] ?? ''}, ${facts?.bytes ?? ''}, checksums ${facts?.checksums ?? ''}`
  return { name: '数据库 database', state: facts?.checksums === 'on' ? 'good' : 'warn', says }
}

async function lockFinding(installation: Installation): Promise<Finding> {
  await checkScopes(installation.database)
  return { name: '行级权限 row security', state: 'good', says: '四种角色均只见本范围 each role sees its own range only' }
}

/** Work that was given up after all its attempts in the last 30 days: names and codes of the faults. */
async function workFinding(installation: Installation): Promise<Finding> {
  const givenUp = await withClient({ ...installation.access.admin, database: installation.databaseName }, (client) => listGivenUp(client))
  if (givenUp.length === 0) return { name: '后台任务 jobs', state: 'good', says: '无放弃的任务 none given up' }
  const says = givenUp.map((one) => `${one.name} ${one.error ?? ''} ×${one.count}`).join('; ')
  return { name: '后台任务 jobs', state: 'warn', says: `放弃 given up: ${says}` }
}

function keyFinding(installation: Installation): Finding {
  const keys = listKeyFiles(foldersOf(installation.config.dataDirectory).keys)
  const complete = keys.includes('data.key') && keys.includes('index.key')
  return { name: '密钥 keys', state: complete ? 'good' : 'bad', says: keys.join(', ') }
}

/** Warn below 20 % free, bad below 5 % or 1 GiB (trust.md §1.5). */
function diskFinding(dataDirectory: string): Finding {
  const disk = statfsSync(dataDirectory)
  const free = disk.bavail * disk.bsize
  const share = disk.bavail / disk.blocks
  const state = share < 0.05 || free < 2 ** 30 ? 'bad' : share < 0.2 ? 'warn' : 'good'
  return { name: '磁盘 disk', state, says: `${(free / 2 ** 30).toFixed(1)} GiB 可用 free (${Math.round(share * 100)} %)` }
}

function appFinding(): Finding {
  const built = existsSync(join(checkoutDirectory, 'dist', 'admin', 'index.html'))
  return {
    name: '办公端 office app',
    state: built ? 'good' : 'warn',
    says: built ? '已构建 built' : '未构建，运行 npm start 会自动构建 not built; npm start builds it',
  }
}
