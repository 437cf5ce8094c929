import { escapeIdentifier, escapeLiteral, type Client } from 'pg'
import type { ServerAccess } from './types.ts'

const scopeRoles = ['app_area', 'app_household', 'app_county', 'app_system'] as const

/**
 * Makes the roles of trust.md §2.3, as often as wanted: the owner of all tables, the migrator, the four scope roles without login,
 * the app's login, NOINHERIT before it is granted the scope roles, so that it has no rights until SET ROLE, and for jobs the owner of the
 * queue's schema with the relay's login, which is no member of any scope role.
 */
export async function makeRoles(admin: Client, passwords: ServerAccess['passwords']): Promise<void> {
  await admin.query('SELECT pg_advisory_lock(4305250001)')
  try {
    await makeRole(admin, 'bangfu_owner', 'NOLOGIN')
    await makeRole(admin, 'bangfu_migrator', `LOGIN NOINHERIT BYPASSRLS PASSWORD ${escapeLiteral(passwords.migrator)}`)
    await makeRole(admin, 'bangfu_app', `LOGIN NOINHERIT PASSWORD ${escapeLiteral(passwords.app)}`)
    for (const role of scopeRoles) await makeRole(admin, role, 'NOLOGIN')
    await makeRole(admin, 'pgboss_owner', 'NOLOGIN')
    await makeRole(admin, 'bangfu_relay', `LOGIN INHERIT PASSWORD ${escapeLiteral(passwords.relay)}`)
    await admin.query(`GRANT ${scopeRoles.join(', ')} TO bangfu_app`)
    await admin.query('GRANT bangfu_owner, pgboss_owner TO bangfu_migrator')
    await admin.query('GRANT pgboss_owner TO bangfu_relay')
  } finally {
    await admin.query('SELECT pg_advisory_unlock(4305250001)')
  }
}

async function makeRole(admin: Client, name: string, attributes: string): Promise<void> {
  const found = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER'
  await admin.query(`${verb} ROLE ${escapeIdentifier(name)} ${attributes}`)
}

/** Makes a database whose text compares by code point (COLLATE "C"), owned by the owner role, when it is missing. */
export async function makeDatabase(admin: Client, name: string): Promise<void> {
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (found.rowCount !== 0) return
  await admin.query(
    `CREATE DATABASE ${escapeIdentifier(name)} OWNER bangfu_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`,
  )
}
