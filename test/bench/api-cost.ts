import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { foldersOf } from '../../src/kernel/server/config/index.ts'
import type { Database } from '../../src/kernel/server/database/index.ts'

/** What was spent since `begin`: round trips to PostgreSQL, and processor time of this process and of PostgreSQL's (unknown where there is no /proc). */
export interface Spent {
  readonly statements: number
  readonly serverMs: number
  readonly databaseMs: number | undefined
}

export interface Cost {
  begin(): () => Spent
}

/** Counts the queries of a pool's connections from now on, and looks at the processes of the server of a data directory. */
export function watchCost(database: Database, dataDirectory: string): Cost {
  let statements = 0
  const parent = readFileSync(join(foldersOf(dataDirectory).postgres, 'postmaster.pid'), 'utf8').split('\n')[0] ?? ''
  database.pool.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query.bind(client)
    // Safe: the same function, counted.
    client.query = ((...given: Parameters<typeof query>) => {
      statements += 1
      return query(...given)
    }) as typeof client.query
  })
  return {
    begin: () => {
      const before = { statements, usage: process.cpuUsage(), database: databaseTime(parent) }
      return () => {
        const { user, system } = process.cpuUsage(before.usage)
        const now = databaseTime(parent)
        return {
          statements: statements - before.statements,
          serverMs: (user + system) / 1000,
          databaseMs: now === undefined || before.database === undefined ? undefined : now - before.database,
        }
      }
    },
  }
}

const watched = new WeakSet<ClientBase>()

/** Milliseconds that a server's processes have spent, those that have ended included; Linux counts in hundredths of a second. */
function databaseTime(parent: string): number | undefined {
  if (process.platform !== 'linux') return undefined
  let ticks = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // Behind the name: state, parent; from the twelfth user and system time, and the same of children that have ended.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (name === parent) ticks += [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
      else if (fields[1] === parent) ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      continue // it has ended meanwhile
    }
  }
  return ticks * 10
}
