import { once } from 'node:events'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Vault } from '../../src/kernel/server/vault/index.ts'

interface BasePerson {
  n: number
  person_no: string
  sealed: string | null
}

/**
 * Multiplies the households of the monitoring export until the register holds `persons` persons of it: same facts and same dirt, other
 * ids, numbers and blind indexes, every ID number encrypted for its own row. Done by the owner of the tables; the bench measures the
 * reading of it, not this.
 */
export async function multiplyRegister(
  client: Client,
  given: { vault: Vault; persons: number },
): Promise<{ households: number; persons: number }> {
  for (const table of ['person', 'household']) await dropIndexes(client, table)
  await client.query(`
    CREATE TEMP TABLE base_household AS
      SELECT row_number() OVER (ORDER BY household_no)::int AS n, h.* FROM registry.household h WHERE sources ? 'monitoring';
    CREATE TEMP TABLE base_person AS
      SELECT row_number() OVER (ORDER BY h.n, p.person_no)::int AS n, h.n AS household_n, p.*
      FROM registry.person p JOIN base_household h USING (county_code, household_id) WHERE p.sources ? 'monitoring';
    CREATE TEMP TABLE base_seal (copy int, n int, person_no text, sealed text, PRIMARY KEY (copy, n));
    DELETE FROM registry.membership; DELETE FROM registry.person; DELETE FROM registry.household;`)
  const base = (await client.query<BasePerson>(`SELECT n, person_no, sources #>> '{monitoring,id}' AS sealed FROM base_person ORDER BY n`))
    .rows
  const plain = base.map(({ person_no: no, sealed }) => {
    return sealed === null ? '' : given.vault.decrypt(Buffer.from(sealed, 'base64'), placeOf(no))
  })
  let persons = 0
  for (let copy = 1; persons < given.persons; copy += 1) {
    const wanted = Math.min(base.length, given.persons - persons)
    await copySeals(client, sealsOf({ base: base.slice(0, wanted), plain, copy, vault: given.vault }))
    await insertCopy(client, copy)
    persons += wanted
  }
  await client.query('CREATE INDEX person_household ON registry.person (county_code, household_id)')
  for (const table of ['household', 'person']) await client.query(`VACUUM (ANALYZE) registry.${table}`)
  const found = await client.query<{ households: number; persons: number }>(
    'SELECT (SELECT count(*)::int FROM registry.household) AS households, (SELECT count(*)::int FROM registry.person) AS persons',
  )
  return found.rows[0] ?? { households: 0, persons: 0 }
}

function placeOf(personNo: string): { table: string; column: string; rowId: string } {
  return { table: 'registry.person', column: 'id', rowId: personNo }
}

/** Search indexes have no part in a check, and would make the multiplying slow. */
async function dropIndexes(client: Client, table: string): Promise<void> {
  const found = await client.query<{ name: string }>(
    `SELECT indexrelid::regclass::text AS name FROM pg_index i WHERE indrelid = 'registry.${table}'::regclass AND NOT indisunique`,
  )
  for (const { name } of found.rows) await client.query(`DROP INDEX ${name}`)
}

function* sealsOf(given: { base: readonly BasePerson[]; plain: readonly string[]; copy: number; vault: Vault }): Generator<string> {
  for (const [at, { n, person_no }] of given.base.entries()) {
    const no = `${given.copy}x${person_no}`
    const number = given.plain[at] ?? ''
    const sealed = number === '' ? '\\N' : given.vault.encrypt(number, placeOf(no)).toString('base64')
    yield `${given.copy}\t${n}\t${no}\t${sealed}\n`
  }
}

async function copySeals(client: Client, lines: Iterable<string>): Promise<void> {
  const stream = client.query(copyFrom('COPY base_seal FROM STDIN'))
  for (const line of lines) if (!stream.write(line)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'finish')
}

/** Ids in the order in which an import makes them. */
const idOf = (copy: string, n: string) => `('01900000-0000-7000-8000-' || lpad(to_hex(${copy} * 65536 + ${n}), 12, '0'))::uuid`

/** Two letters of every blind index say which copy it is: numbers that were equal are equal within the copy. */
const indexesOf = `regexp_replace(b.sources::text, ' ([A-Za-z0-9_-]{2})([A-Za-z0-9_-]{20})(?=\\\\u001|")', ' ' || c.letters || '\\2', 'g')::jsonb`

async function insertCopy(client: Client, copy: number): Promise<void> {
  const letters = copy.toString(36).padStart(2, '0')
  const householdId = idOf(String(copy), 'b.n')
  await insertRows(client, 'household', {
    from: `base_household b, (SELECT '${letters}' AS letters) c WHERE b.n <= (SELECT max(p.household_n) FROM base_person p JOIN base_seal s ON s.n = p.n AND s.copy = ${copy})`,
    own: { household_id: householdId, household_no: `'${copy}x' || b.household_no`, sources: indexesOf },
  })
  await insertRows(client, 'person', {
    from: `base_person b JOIN base_seal s ON s.n = b.n AND s.copy = ${copy}, (SELECT '${letters}' AS letters) c`,
    own: {
      person_id: idOf(String(copy), 'b.n'),
      person_no: 's.person_no',
      household_id: idOf(String(copy), 'b.household_n'),
      id_cell: "decode(s.sealed, 'base64')",
      sources: `CASE WHEN s.sealed IS NULL THEN ${indexesOf} ELSE jsonb_set(${indexesOf}, '{monitoring,id}', to_jsonb(s.sealed)) END`,
    },
  })
}

async function insertRows(client: Client, table: string, given: { from: string; own: Readonly<Record<string, string>> }): Promise<void> {
  const found = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'registry.${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  )
  const columns = found.rows.map(({ name }) => name)
  const values = columns.map((name) => given.own[name] ?? `b.${name}`)
  await client.query(`INSERT INTO registry.${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${given.from} ORDER BY b.n`)
}
