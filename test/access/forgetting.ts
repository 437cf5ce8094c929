import type { Database } from '../../src/kernel/server/database/index.ts'

const atEnd = /\bCOMMIT$/
const rolledBack = 'SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK'

/** The same database, but every COMMIT checks what it would check and then rolls back. */
export function forgetting(database: Database): Database {
  const forget = (client: object) =>
    new Proxy(client, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key)
        if (typeof value !== 'function') return value
        const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given)
        if (key !== 'query') return call
        // What travels with COMMIT stands before it.
        return (said: unknown, ...rest: unknown[]) => call(typeof said === 'string' ? said.replace(atEnd, rolledBack) : said, ...rest)
      },
    })
  const pool = new Proxy(database.pool, {
    get: (target, key) => (key === 'connect' ? async () => forget(await target.connect()) : Reflect.get(target, key)),
  })
  return { ...database, pool }
}
