import type { AnyRoute } from '../../src/kernel/server/http/index.ts'
import { drawn } from '../chance.ts'
import type { CallerKey } from './callers.ts'
import { farMonth, month, type AccessWorld, type Request } from './given-world.ts'
import type { Place } from './places.ts'
import { aimsOf, nameOf, requestOf } from './requests.ts'

/** Lists that hand out cursors, and the page size at which they do. */
const paged = ['/registry/households', '/registry/villages', '/registry/corrections', '/screening/leads']
/** Cursors that no list wrote. */
const brokenCursors = [
  'x',
  '%',
  '[]',
  '["",""]',
  '["x","y"]',
  '[1,2]',
  '[1]',
  '["x"]',
  '["","",""]',
  '["9999-12-31",0,"x"]',
  '[0,"","x"]',
  '[-1,"a","b"]',
]

/** What a route is asked in one of the many ways in which somebody may try. */
export interface Probe {
  name: string
  request: Request
}

/**
 * Every way to ask every route about some villages: by their ids, areas, households, months, cursors, and by what their people are
 * called and which numbers they have. Sessions are left alone: a login or a logout says nothing about a village. `npm test` draws a few
 * ways for each route (with `everyAim` all but the filters); `npm run test:full` takes all.
 */
export async function probesOf(access: AccessWorld, places: readonly Place[], { everyAim = false } = {}): Promise<Probe[]> {
  const turned = { ...access, places: turnedPlaces(access) } // the other household of each village
  const cursors = await cursorsOf(access, places)
  const filters = filtersOf(places, cursors)
  const probes: Probe[] = []
  for (const route of access.routes.filter((one) => one.access.scope !== 'public' && nameOf(one) !== 'POST /identity/logout')) {
    const add = (request: Request) => probes.push({ name: `${nameOf(route)} ${JSON.stringify(request)}`, request })
    const some = <Item>(what: string, few: number, list: readonly Item[]) =>
      everyAim && what !== 'filters' ? [...list] : drawn(`${nameOf(route)} ${what}`, few, list)
    for (const aim of aimsOf(route)) for (const world of some(aim, 1, [access, turned])) add(requestOf(world, route, aim).request)
    const { request } = requestOf(access, route, aimsOf(route)[0] ?? 'there')
    for (const filter of some('filters', 8, filters.filter(isTakenBy(route)))) {
      if (route.method === 'GET') add({ ...request, query: { ...queryOf(request), ...filter } })
      else if (route.path.endsWith('/search')) add({ ...request, payload: bodyOf(route, 'shan', filter) })
      else if (route.path.endsWith('/send')) add({ ...request, payload: { filter, isDryRun: false } })
    }
    if (route.path.endsWith('/search'))
      for (const words of some('words', 8, [...places.flatMap((place) => place.searches), '\0', '%', '_', "'", '\\']))
        add({ ...request, payload: bodyOf(route, words, {}) })
  }
  return probes
}

/** A query refuses whole what it does not know, so that one filter of foreign words says as much of a route as all of them. */
function isTakenBy({ method, query }: AnyRoute): (filter: Record<string, string>) => boolean {
  if (method !== 'GET') return () => true
  const shape: unknown = query !== undefined && 'shape' in query ? query.shape : undefined
  if (query !== undefined && shape === undefined) return () => true
  const known = new Set(Object.keys(shape ?? {}))
  let foreign = 0
  return (filter) => Object.keys(filter).every((key) => known.has(key)) || (foreign += 1) === 1
}

function turnedPlaces({ places }: AccessWorld): AccessWorld['places'] {
  const turn = (place: Place) => ({ ...place, first: place.second, second: place.first })
  return { own: turn(places.own), near: turn(places.near), far: turn(places.far) }
}

// Safe: the requests of this folder give their queries as objects of texts.
const queryOf = (request: Request) => request.query as Record<string, string> | undefined

/** The box of the register's search is called `q`, that of the leads `text`. */
function bodyOf(route: AnyRoute, words: string, filter: Record<string, string>): Record<string, string | number> {
  const { limit, ...rest } = filter
  return {
    ...rest,
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(route.path.startsWith('/registry') ? { q: words } : { text: words }),
  }
}

/** Queries that point a list at a village, one by one; those that a list does not know it refuses. */
function filtersOf(places: readonly Place[], cursors: readonly string[]): Record<string, string>[] {
  const here = places.flatMap((place) => [
    { under: place.area.path },
    { under: place.township.path },
    { under: `${place.area.path}01.` },
    { area: place.area.path, month },
    { area: place.area.path, month: farMonth },
    { householdId: place.first.householdId },
  ])
  const common = {
    month: farMonth,
    monitored: 'any',
    type: '脱贫户',
    tag: 'edge',
    kind: 'poor',
    found: 'confirmed',
    mine: 'true',
    level: 'group',
    limit: '1',
  }
  const states = ['new', 'sent', 'answered', 'returned', 'found', 'applied', 'rejected'].map((state) => ({ state }))
  const pages = [...cursors, ...brokenCursors].flatMap((after) => [{ after }, { after, limit: '1' }])
  return [...here, ...Object.entries(common).map(([key, value]) => ({ [key]: value })), ...states, ...pages]
}

/** Cursors that the county office is handed while it pages through each village, one row at a time. */
async function cursorsOf(access: AccessWorld, places: readonly Place[]): Promise<string[]> {
  const cursors = new Set<string>()
  for (const url of paged) {
    for (const { area } of places) {
      const narrow = url === '/registry/corrections' ? {} : { under: area.path }
      const query = { limit: '1', ...narrow }
      const { next } = (await access.ask('D', { method: 'GET', url, query })).json<{ next?: string }>()
      if (next !== undefined) cursors.add(next)
    }
  }
  const search = await access.ask('D', { method: 'POST', url: '/registry/households/search', payload: { q: '990301', limit: 1 } })
  const { next } = search.json<{ next?: string }>()
  return next === undefined ? [...cursors] : [...cursors, next]
}

/** Asks all probes as one caller, a few at a time, and hands each answer on. */
export async function askAll(
  access: AccessWorld,
  given: { caller: CallerKey; probes: readonly Probe[] },
  judge: (probe: Probe, answer: Awaited<ReturnType<AccessWorld['ask']>>) => Promise<void>,
): Promise<void> {
  await inTurns(given.probes, async (probe) => judge(probe, await access.ask(given.caller, probe.request)))
}

/** Works through a list six at a time: the pool of the test database has ten connections. */
export async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const rest = items.values()
  const one = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all([one(), one(), one(), one(), one(), one()])
}
