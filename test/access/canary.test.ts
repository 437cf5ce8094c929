import { describe, expect, it } from 'vitest'
import { rounds } from '../chance.ts'
import { reachOf, type CallerKey } from './callers.ts'
import { dumpRows, rowsWith } from './dump.ts'
import { showsWholeNumbers } from './expected.ts'
import { farMonth, month, openAccessWorld, type AccessWorld } from './given-world.ts'
import { placeNames, type Place } from './places.ts'
import { askAll, probesOf, type Probe } from './probes.ts'
import { textOf } from './unpack.ts'

// The canary worlds of trust.md §7: every text, id and number of the other villages is known; whatever an official of one village or
// township tries, none of them may come back, in a body, a header or a file.
const open = openAccessWorld()
const others = (access: AccessWorld, caller: CallerKey): Place[] =>
  placeNames.filter((name) => !reachOf[caller].includes(name)).map((name) => access.places[name])

const secretsOf = (access: AccessWorld) => placeNames.flatMap((name) => access.places[name].secrets)
const isRevealing = (probe: Probe) => [...showsWholeNumbers].some((route) => probe.name.startsWith(`${route} `))

/** Asks everything as one caller (npm test draws some of it); returns what was told that must not be, and all that was said. */
async function tryAll(access: AccessWorld, caller: CallerKey, everyAim = false) {
  const hidden = others(access, caller).flatMap(({ canaries, townshipCanaries }) => [...canaries, ...townshipCanaries])
  const secrets = secretsOf(access)
  const wrong: string[] = []
  const said: { probe: Probe; text: string; isFile: boolean }[] = []
  const probes = await probesOf(access, Object.values(access.places), { everyAim })
  await askAll(access, { caller, probes }, async (probe, answer) => {
    const text = await textOf(answer)
    said.push({ probe, text, isFile: answer.headers['content-disposition'] !== undefined })
    const isAreas = caller === 'H' && probe.name.startsWith('GET /identity/areas') // its townships are in every helper's filters
    const forbidden = [...(isAreas ? [] : hidden), ...(isRevealing(probe) ? [] : secrets)]
    wrong.push(...forbidden.filter((canary) => text.includes(canary)).map((canary) => `${probe.name} tells ${canary}`))
    if (answer.statusCode >= 500) wrong.push(`${probe.name} answers ${answer.statusCode}`)
  })
  return { wrong, said }
}

describe.each([
  { who: 'a village cadre', caller: 'V' },
  { who: 'a township officer', caller: 'T' },
  { who: 'a helper', caller: 'H' },
] as const)('$who', ({ caller }) => {
  it('meets nothing of other villages and no whole number, whatever is asked', async () => {
    const { wrong, said } = await tryAll(open(), caller)
    expect(wrong.slice(0, 20)).toEqual([])
    expect(said.length).toBeGreaterThan(rounds(open().routes.length, 1000))
    expect(open().logged).toEqual([])
  })

  it('gets 404 for every id of another village', async () => {
    const access = open()
    for (const { first, second, area } of others(access, caller)) {
      const paths = [
        `/registry/households/${first.householdId}`,
        `/registry/persons/${second.personId}/reveals`,
        ...(caller === 'H' ? [] : [`/screening/leads/${first.leadId}`, `/screening/visit-list?area=${area.path}&month=${month}`]),
      ]
      for (const url of paths) expect((await access.ask(caller, { method: 'GET', url })).statusCode, url).toBe(404)
    }
  })
})

describe('the county office', () => {
  it('meets every canary, in bodies and in files, so that the scan is not blind; whole numbers only where a route says so', async () => {
    const access = open()
    const { wrong, said } = await tryAll(access, 'D', true)
    expect(wrong.slice(0, 20)).toEqual([])
    const { canaries, townshipCanaries, first } = access.places.far
    const all = said.map(({ text }) => text).join('\n')
    // Pinyin is searched and never shown.
    expect([...canaries, ...townshipCanaries].filter((canary) => !all.includes(canary))).toEqual(['yuananji'])
    const files = said.filter(({ isFile }) => isFile)
    for (const words of ['远暗记山', first.householdNo, '远暗记值'])
      expect(
        files.some(({ text }) => text.includes(words)),
        words,
      ).toBe(true)
    const revealed = said.filter(({ probe }) => isRevealing(probe)).map(({ text }) => text)
    for (const { secrets } of Object.values(access.places))
      expect(secrets.some((secret) => revealed.some((text) => text.includes(secret)))).toBe(true)
    expect(access.logged).toEqual([])
  })
})

describe('what a village cadre counts', () => {
  it('is the village alone', async () => {
    const access = open()
    const get = async (url: string) => (await access.ask('V', { method: 'GET', url })).json<Record<string, unknown>>()
    expect(await get('/registry/households/counts')).toEqual({
      households: 2,
      monitored: 0,
      byType: [{ type: '一般农户', households: 2 }],
    })
    expect(await get('/registry/totals')).toMatchObject({ rows: [{ households: 2, persons: 3 }], sum: { households: 2, persons: 3 } })
    expect(await get('/registry/villages')).toMatchObject({ items: [{ households: 2, persons: 3 }] })
    const { counts } = (await access.ask('V', { method: 'GET', url: '/registry/corrections/counts' })).json<{
      counts: { count: number }[]
    }>()
    expect(counts.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1])
    expect(await get('/screening/lead-counts')).toMatchObject({ total: 2, months: [month] })
    expect(await get(`/screening/lead-counts?month=${farMonth}`)).toMatchObject({ total: 0 })
    expect(await get('/screening/lead-precision')).toMatchObject({ items: [{ rule: 'L04', raised: 2 }] })
    expect(await get('/screening/visit-villages')).toMatchObject({
      months: [month],
      items: [{ area: access.places.own.area.path, leads: 1 }],
    })
  })
})

describe('whole identity numbers, telephones and accounts', () => {
  it('stand in no row of the database, neither as text nor as bytes: not in the audit, the answers kept, the outbox or the register', async () => {
    const access = open()
    const rows = await dumpRows(access.world.database)
    expect(rowsWith(rows, secretsOf(access))).toEqual([])
    for (const table of ['kernel.audit', 'kernel.idempotency', 'registry.reveal', 'registry.correction'])
      expect(
        rows.some((row) => row.startsWith(`${table} `)),
        table,
      ).toBe(true)
  })
})
