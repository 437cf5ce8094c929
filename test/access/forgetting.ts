import type { Database } from '../../src/kernel/server/database/index.ts'

/** The same database, but every COMMIT checks what it would check and then rolls back. */
export function forgetting(database: Database): Database {
  const forget = (client: object) =>
    new Proxy(client, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key)
        if (typeof value !== 'function') return value
        const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given)
        if (key !== 'query') return call
        return (...given: unknown[]) => call(...(given[0] === 'COMMIT' ? ['SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK'] : given))
      },
    })
  const pool = new Proxy(database.pool, {
    get: (target, key) => (key === 'connect' ? async () => forget(await target.connect()) : Reflect.get(target, key)),
  })
  return { ...database, pool }
}
