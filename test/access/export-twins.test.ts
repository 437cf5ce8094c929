import { describe, expect, it } from 'vitest'
import type { AnyRoute } from '../../src/kernel/server/http/index.ts'
import { exportLists } from '../../src/modules/registry/rules/export-records.ts'
import { callerKeys } from './callers.ts'
import { expected } from './expected.ts'
import { openAccessWorld, type AccessWorld } from './given-world.ts'
import { nameOf, requestOf } from './requests.ts'
import { textOf } from './unpack.ts'

// Every list goes out as xlsx (issue "2 · Import, comparison and data quality", part 7): a route that answers with a list has an export
// beside it, or stands here with the reason why not.
const open = openAccessWorld()

/** Lists whose export is not at `<path>/export`. */
const elsewhere: Readonly<Record<string, string>> = {
  'GET /registry/national/changes': 'GET /registry/national/changes.xlsx',
  'GET /registry/imports/:batchId/problems': 'GET /registry/imports/:batchId/problems/workbook',
  'GET /registry/imports/:batchId/bad-rows': 'GET /registry/imports/:batchId/problems/workbook',
  'GET /registry/imports/:batchId/changes': 'GET /registry/imports/:batchId/differences/export',
  'GET /screening/visit-villages': 'GET /screening/visit-list.xlsx',
  'GET /quality/rules': 'GET /quality/overview/export',
  'GET /ledgers/due': 'POST /ledgers/due/export',
}

/** Lists that do not go out, and why. */
const staysHere: Readonly<Record<string, string>> = {
  'GET /identity/areas': 'the tree behind every choice of a place; the villages with their kinds and numbers go out as registry.villages',
  'GET /registry/persons/:personId/reveals': 'who looked at one person: a paragraph of his page, printed with it',
  'GET /screening/runs/:runId/open-matches': 'rows of lists that are destroyed within 72 hours: a workbook of them would outlive that',
  'GET /screening/runs/:runId/explained-matches': 'the steps of a score, to be looked at one by one; the matches speak through their leads',
  'GET /screening/list-kinds': 'what a file may be recognised as: choices of the wizard',
  'GET /screening/senders': 'what the terms of a run are proposed from',
  'GET /screening/list-demands': 'twelve switches with their days',
  'GET /rectification/inspections/topics': 'what an inspection is planned from: choices of its form',
  'GET /rectification/teams': 'teams to choose from; whom they inspected goes out with the inspections',
  'GET /rectification/campaigns': 'what problems are chosen by; each stands in every row of the ledger that goes out',
  'GET /screening/limits': 'the limits with their advice, which is a picture of the answers that rule-precision lists',
  'GET /cases/of-household/:householdId': 'the cases of one household: a part of its page; all cases go out as cases.case',
  'GET /cases/clocks/reminders': 'what one user is reminded of; what is late goes out as cases.clock',
  'GET /cases/files/:caseId/exit-gate': 'the conditions of one case, printed on the form of elimination',
  'GET /cases/meetings-of-case/:caseId': 'a part of the page of a case; meetings go out as cases.meetings',
  'GET /cases/kin/households/:householdId': 'who is kin to whom is looked at where it matters and goes nowhere',
  'GET /cases/kin/mine': 'the user’s own kin: goes nowhere',
  'GET /cases/kin/users/:officerId': 'a user’s own kin: goes nowhere',
  'GET /cases/paper-templates': 'files, each to be fetched as it is',
  'GET /cases/village-codes': 'addresses of pages; they go out as posters',
  'GET /cases/village-codes/posters': 'the posters themselves, printed',
  'GET /cases/notice-cases': 'what a notice is chosen from; cases go out as cases.case',
  'GET /surveys/quiz-questions': 'the bank from which questions are chosen',
  'GET /surveys/population-filters': 'what a population is chosen by; the households go out as surveys.targets',
  'GET /surveys/forms': 'forms to choose from; each goes out as the file it is',
  'GET /surveys/households/:householdId': 'the campaigns of one household: a part of its page; targets go out as surveys.targets',
  'GET /policies': 'the catalogue; each table goes out as the file that other engines read',
  'GET /policies/:policyKey/versions': 'versions of one table, each to be fetched as a file',
  'GET /policies/facts': 'the dictionary of facts, which tables are written with',
  'GET /ledgers/books': 'the cards of the menu page; each ledger goes out by itself',
  'GET /ledgers/books/:templateKey/choose': 'what a link is chosen from',
  'GET /ledgers/books/:templateKey/imports': 'which files were taken over; their records go out with the ledger',
  'GET /ledgers/books/:templateKey/imports/:importId/rows': 'rows of the file that somebody has at hand, with what is wrong beside them',
  'GET /ledgers/linked': 'what ledgers say about one household or place: a part of its page',
  'GET /ledgers/templates/tables': 'the decision tables that a field may be decided by: choices of the designer',
  'GET /ledgers/templates': 'templates, each to be fetched as its JSON file',
  'GET /ledgers/templates/:templateKey/migrations': 'what became of the records of older versions: a paragraph of the designer',
  'GET /policies/households/:householdId/why': 'the reasons for one household: a part of its page, printed with it',
}

/** Modules that are not finished; their lists are walked when they are. */
const begun: readonly string[] = []

const isPaged = ({ query }: AnyRoute) => query !== undefined && 'shape' in query && 'after' in Object(query.shape)

/** Whether whoever is let in gets items. */
async function hasItems(access: AccessWorld, route: AnyRoute): Promise<boolean> {
  const row = expected.get(nameOf(route))
  const caller = callerKeys.find((key) => row?.[key] === 'in')
  if (caller === undefined) return false
  const answer = await access.ask(caller, requestOf(access, route, route.path.includes(':') ? aimOf(route) : 'there').request)
  if (!String(answer.headers['content-type']).includes('json')) return false
  const body: unknown = answer.json()
  return typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items)
}

const aimOf = (route: AnyRoute) => (/:(batchId|runId)/.test(route.path) ? 'there' : 'own')

describe('a list of the office app', () => {
  it('goes out as a workbook, or says here why it does not', async () => {
    const access = open()
    const names = new Set(access.routes.map(nameOf))
    const without: string[] = []
    const lists: string[] = []
    for (const route of access.routes) {
      const name = nameOf(route)
      if (route.method !== 'GET' || begun.includes(route.path.split('/')[1] ?? '')) continue
      if (!isPaged(route) && !(await hasItems(access, route))) continue
      lists.push(name)
      const twin = elsewhere[name] ?? `${name}/export`
      if (!names.has(twin) && staysHere[name] === undefined) without.push(name)
    }
    expect(without).toEqual([])
    expect(lists.length).toBeGreaterThan(25)
    // No entry outlives its list.
    expect([...Object.keys(elsewhere), ...Object.keys(staysHere)].filter((name) => !names.has(name))).toEqual([])
  })

  it('is recorded under a name that the record of exports knows, whichever it is', async () => {
    const access = open()
    const exports = access.routes.filter((route) => route.method === 'GET' && route.path.endsWith('/export'))
    for (const route of exports) {
      const answer = await access.change('D', requestOf(access, route, route.path.includes(':') ? aimOf(route) : 'there').request)
      expect(answer.statusCode, `${nameOf(route)} ${answer.body.slice(0, 200)}`).toBe(200)
      expect(answer.headers['content-type']).toMatch(/spreadsheetml|csv/)
    }
    const record = await access.ask('D', { method: 'GET', url: '/registry/exports', query: { limit: '200' } })
    const { items } = record.json<{ items: { list: string }[] }>()
    expect(items.length).toBe(exports.length)
    const known: readonly string[] = exportLists
    expect(items.map((item) => item.list).filter((list) => !known.includes(list))).toEqual([])
    expect(new Set(items.map((item) => item.list)).size).toBeGreaterThan(20)
  })

  it.each([
    ['/registry/household-events/export', ['本村信全家搬走', '迁出', '已上报，待确认']],
    ['/registry/merges/export', ['本村信合并']],
    ['/registry/imports/export', ['register.csv', '待执行', '已放弃']],
    ['/registry/totals/export', ['合计']],
    ['/screening/authorisations/export', ['本村信授权书', '有效', '全部清单']],
    ['/screening/lead-precision/export', ['L04', '辍学']],
    ['/screening/sender-precision/export', ['测试单位']],
    ['/screening/runs/export', ['2023年10月', '已完成']],
    ['/quality/findings/export', ['本村信路', '邻暗记路']],
    ['/quality/exceptions/export', ['本村信情况属实', '待批准']],
    ['/quality/overview/export', ['合计']],
  ])('says what its page says: %s', async (url, texts) => {
    const access = open()
    const said = await textOf(await access.ask('D', { method: 'GET', url, query: { purpose: '核对台账' } }))
    for (const text of texts) expect(said).toContain(text)
  })
})
