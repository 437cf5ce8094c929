import { describe, expect, it } from 'vitest'
import type { AnyRoute } from '../../src/kernel/server/http/index.ts'
import { identityPolicy } from '../../src/modules/identity/server/policy.ts'
import { callerKeys, callers, officialKeys, reachOf, type CallerKey } from './callers.ts'
import { expected, showsWholeNumbers, type Outcome } from './expected.ts'
import { isPlace, openAccessWorld, type AccessWorld } from './given-world.ts'
import { placeNames, type PlaceName } from './places.ts'
import { inTurns } from './probes.ts'
import { aimsOf, nameOf, requestOf, type Aim } from './requests.ts'
import { textOf } from './unpack.ts'

// The access matrix of trust.md §7: every route of the server, asked by everybody, about what is theirs and what is not, against a table
// written by hand. Every answer is read for what belongs to villages that its caller may not see.
const open = openAccessWorld()

interface Cell {
  route: AnyRoute
  caller: CallerKey
  aim: Aim
}
const labelOf = ({ route, caller, aim }: Cell) => `${nameOf(route)} by ${caller} about ${aim}`

describe('the table written by hand', () => {
  it('names every route of the server, and no other', () => {
    expect([...expected.keys()].sort()).toEqual(open().routes.map(nameOf).sort())
  })

  it('has a column for every role at every level at which it may be given', () => {
    const given = Object.entries(identityPolicy().roles).flatMap(([role, { levels }]) => levels.map((level) => `${role} ${level}`))
    expect(officialKeys.map((key) => `${callers[key].role} ${callers[key].level}`).sort()).toEqual(given.sort())
  })

  it('has a factory for every path parameter', () => {
    for (const route of open().routes) expect(aimsOf(route).length, nameOf(route)).toBeGreaterThan(0)
  })
})

describe('every route, asked by everybody', () => {
  it('lets in, refuses and hides as the table says, and tells nobody of villages that are not his', async () => {
    const access = open()
    const cells = access.routes.flatMap((route) => callerKeys.flatMap((caller) => aimsOf(route).map((aim) => ({ route, caller, aim }))))
    const wrong: string[] = []
    await inTurns(cells, async (cell) => wrong.push(...(await judge(access, cell))))
    expect(wrong).toEqual([])
    expect(cells.length).toBeGreaterThan(callerKeys.length * expected.size)
    expect(access.logged).toEqual([])
  })
})

/** Asks one cell; returns what is wrong with the answer. */
async function judge(access: AccessWorld, cell: Cell): Promise<string[]> {
  const { route, caller, aim } = cell
  const { request, ok } = requestOf(access, route, aim)
  const answer = await access.ask(caller, request)
  const wanted = wantedOf(cell)
  const got = outcomeOf(answer.statusCode, codeOf(answer.body))
  const wrong = got === wanted ? [] : [`wanted ${wanted}, got ${got}: ${answer.statusCode} ${answer.body.slice(0, 120)}`]
  if (got === 'in' && !ok.includes(answer.statusCode)) wrong.push(`let in, but ${answer.statusCode} ${answer.body.slice(0, 120)}`)
  const said = await textOf(answer)
  for (const name of placeNames) {
    const { canaries, townshipCanaries, secrets } = access.places[name]
    const hidden = [...(mayBeTold(cell, name) ? [] : canaries), ...(mayBeTold(cell, name) || knowsTownships(cell) ? [] : townshipCanaries)]
    wrong.push(...hidden.filter((canary) => said.includes(canary)).map((canary) => `tells ${canary} of ${name}`))
    if (!showsWholeNumbers.has(nameOf(route)))
      wrong.push(...secrets.filter((secret) => said.includes(secret)).map((secret) => `shows ${secret} of ${name}`))
  }
  return wrong.map((what) => `${labelOf(cell)}: ${what}`)
}

/** Whether a caller may be told of a village: its people by the reach of his role, its name and users by where he works. */
function mayBeTold({ route, caller }: Cell, name: PlaceName): boolean {
  if (reachOf[caller].includes(name)) return true
  if (!route.path.startsWith('/identity/') || caller === 'N' || caller === 'P' || caller === 'X') return false
  const { level } = callers[caller]
  return level === 'county' || (level === 'township' && name !== 'far')
}

/** A helper's filters name the townships of the whole county, but no village. */
function knowsTownships({ route, caller }: Cell): boolean {
  return nameOf(route) === 'GET /identity/areas' && (caller === 'H' || caller === 'h' || caller === 'k')
}

function wantedOf({ route, caller, aim }: Cell): Outcome {
  const atDoor = expected.get(nameOf(route))?.[caller] ?? 'fault'
  if (atDoor !== 'in') return atDoor
  if (aim === 'missing') return 'hidden'
  return isPlace(aim) && !reachOf[caller].includes(aim) ? 'hidden' : 'in'
}

function outcomeOf(status: number, code: string): Outcome {
  if (status === 401) return code === 'http.login-needed' ? 'login' : 'fault'
  if (status === 403) return code === 'http.not-allowed' ? 'refused' : code === 'http.password-change-needed' ? 'password' : 'fault'
  if (status === 404) return 'hidden'
  return status < 500 ? 'in' : 'fault'
}

function codeOf(body: string): string {
  return /^\{"code":"([\w.-]+)"/.exec(body)?.[1] ?? ''
}
