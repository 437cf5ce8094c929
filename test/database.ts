import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, inject } from 'vitest'
import type { Caller, Context, Scope } from '../src/kernel/server/caller/index.ts'
import { inTransaction, openDatabase, withClient, type Database, type Db } from '../src/kernel/server/database/index.ts'
import { openVault, type Vault } from '../src/kernel/server/vault/index.ts'
import { makeId } from '../src/kernel/pure/ids/index.ts'
import { dayOf, instantOf } from '../src/kernel/pure/time/index.ts'
import { emptyDatabase } from './used-database.ts'

const templateName = 'bangfu_template'
/** Databases that earlier files of this worker have left, empty again. A worker that shares no modules has none. */
const left: string[] = []

/** A database of a test file's own, cloned from the migrated template, with a folder for keys and files. */
export interface TestWorld {
  readonly database: Database
  readonly vault: Vault
  /** An empty folder that is removed after the file's tests. */
  readonly directory: string
  /** A context with the given scope; the clock stands at `nowMs`. */
  as(scope: Scope, caller?: Partial<Caller>): Context
}

/** The moment at which test contexts stand unless told otherwise: 2023-12-18 09:00 in Shanghai. */
export const testNowMs = Date.UTC(2023, 11, 18, 1, 0, 0)

/** Opens a database as the template is before the tests of a file, and drops or empties it afterwards. Read the fields inside tests only. */
export function openTestWorld(nowMs = testNowMs): TestWorld {
  const name = `bangfu_test_${makeId().replaceAll('-', '')}`
  const access = inject('serverAccess')
  let database: Database | undefined
  let vault: Vault | undefined
  let directory = ''
  const admin = (sql: string) => withClient({ ...access.admin, database: 'postgres' }, (client) => client.query(sql))
  beforeAll(async () => {
    const used = left.pop()
    // A name of its own all the same: programs may keep things by the name of the database.
    if (used === undefined) await admin(`CREATE DATABASE ${name} TEMPLATE ${templateName} OWNER bangfu_owner`)
    else await admin(`ALTER DATABASE ${used} RENAME TO ${name}`)
    database = openDatabase(access, name, 10)
    directory = mkdtempSync(join(tmpdir(), 'bangfu-world-'))
    vault = openVault(join(directory, 'keys'), true)
  })
  afterAll(async () => {
    await database?.close()
    if (database !== undefined && inject('isShared') && (await emptyDatabase(access, name, templateName))) left.push(name)
    else await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    rmSync(directory, { recursive: true, force: true })
  })
  const opened = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error('the test world is open only inside tests')
    return thing
  }
  return {
    get database() {
      return opened(database)
    },
    get vault() {
      return opened(vault)
    },
    get directory() {
      return directory
    },
    as: (scope, caller = {}) => ({
      caller: { id: 'test:caller', name: '测试员', roles: [], ...caller },
      scope,
      now: instantOf(nowMs),
      today: dayOf(nowMs),
      database: opened(database),
      deadline: 'job',
    }),
  }
}

class RolledBack extends Error {}

/** Runs a test's work in a transaction that is rolled back, so that the next test finds the database as it was. */
export async function rolledBack(ctx: Context, work: (ctx: Context & { db: Db }) => Promise<void>): Promise<void> {
  try {
    await inTransaction(ctx, async (db) => {
      await work({ ...ctx, db })
      throw new RolledBack()
    })
  } catch (fault) {
    if (!(fault instanceof RolledBack)) throw fault
  }
}
