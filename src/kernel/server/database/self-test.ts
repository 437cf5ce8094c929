import { defineErrors } from '#kernel/pure/errors/index.ts'
import type { Database } from './types.ts'

export const selfTestErrors = defineErrors('database', { scopesNotHeld: 500 })

const probes = [
  { role: 'app_area', settings: { county: '000000', lo: '00.0000.000000.', hi: '00.0000.000000/' } },
  { role: 'app_household', settings: { county: '000000', households: '00000000-0000-7000-8000-000000000000' } },
  { role: 'app_county', settings: { county: '000000' } },
  { role: 'app_system', settings: { county: '000000', reason: 'self-test' } },
] as const

/** Boot self-test of the second lock: each role sees its one probe row, none without settings, and the login itself may read nothing. */
export async function checkScopes(database: Database): Promise<void> {
  const client = await database.pool.connect()
  const count = async (role: string, settings: Readonly<Record<string, string>>) => {
    const set = Object.entries(settings).map(([name, value]) => `SET LOCAL app.${name} = '${value}'`)
    await client.query(['BEGIN', `SET LOCAL ROLE ${role}`, ...set].join('; '))
    const rows = await client.query('SELECT 1 FROM kernel.probe')
    await client.query('ROLLBACK')
    return rows.rowCount
  }
  try {
    for (const probe of probes) {
      const inside = await count(probe.role, probe.settings)
      const outside = await count(probe.role, {})
      if (inside !== 1 || outside !== 0) throw selfTestErrors.scopesNotHeld({ role: probe.role, inside, outside })
    }
    const naked = await client.query('SELECT 1 FROM kernel.probe').then(
      () => true,
      () => false,
    )
    if (naked) throw selfTestErrors.scopesNotHeld({ role: 'bangfu_app' })
  } finally {
    client.release()
  }
}
