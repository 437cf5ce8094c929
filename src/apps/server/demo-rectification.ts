import { addDays, instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import type { RoleKey } from '#modules/identity/contract.ts'
import { listAreas, listUsersWithRole } from '#modules/identity/server/module.ts'
import {
  actOnProblems,
  addCampaign,
  addProblem,
  planInspections,
  readInspections,
  recordInspection,
} from '#modules/rectification/server/module.ts'
import type { Installation } from './installation.ts'

/** What was found, in which class, and how far it is mended by now. */
const found = [
  ['住房安全', '厨房屋顶漏雨，一直没有修', 'closed'],
  ['饮水安全', '冬季管道冻裂，取水不便', 'closed'],
  ['责任落实', '帮扶手册三个月没有更新', 'closed'],
  ['就业帮扶', '公益岗位工资晚发一个月', 'closed'],
  ['基本医疗', '大病报销材料没有帮助递交', 'completed'],
  ['住房安全', '院墙倾斜，没有排险', 'completed'],
  ['兜底保障', '低保金发放账户没有核对', 'rectifying'],
  ['产业帮扶', '发放的鸡苗没有防疫', 'rectifying'],
  ['责任落实', '驻村日志和实际不一致', 'overdue'],
  ['饮水安全', '水质检测单没有公示', 'overdue'],
  ['义务教育', '送教上门记录不全', 'found'],
  ['就业帮扶', '务工信息没有月更新', 'found'],
] as const

interface People {
  readonly officer: Context
  readonly supervisor: Context
  readonly village: Context
  readonly township: Context
}

/** A campaign of the demo: problems on two letters, some struck off, some waiting for acceptance, some overdue, some not yet assigned; and inspections. */
export async function carryDemoRectification(ctx: Context, installation: Installation, townshipPath: string): Promise<void> {
  const village = (await listAreas(ctx, { level: 'village', under: townshipPath })).find((area) => area.level === 'village')
  if (village === undefined) return
  const people = await peopleOf(ctx, { townshipPath, villagePath: village.path })
  if (people === undefined) return
  const { campaignId } = await addCampaign(daysAgo(people.officer, 40), {
    name: '帮扶工作督查反馈问题整改',
    documentNo: '',
    startedOn: addDays(ctx.today, -40),
  })
  const problems: { problemId: string; until: (typeof found)[number][2]; ofVillage: boolean }[] = []
  for (const [index, [of, description, until]] of found.entries()) {
    const ofVillage = index % 2 === 0
    const words = { sourceKind: 'inspection', class: of, description, requirement: '', subject: '' } as const
    const areaPath = ofVillage ? village.path : townshipPath
    const { problemId } = await addProblem(daysAgo(people.supervisor, 40), installation, { campaignId, areaPath, ...words })
    problems.push({ problemId, until, ofVillage })
  }
  for (const ofVillage of [true, false]) {
    const mine = problems.filter((one) => one.ofVillage === ofVillage)
    await mendPart(people, { mine, unitId: ofVillage ? village.path : townshipPath, worker: ofVillage ? people.village : people.township })
  }
  await inspect(people, { campaignId, townshipPath })
}

async function mendPart(
  people: People,
  given: { mine: readonly { problemId: string; until: string }[]; unitId: string; worker: Context },
): Promise<void> {
  const { mine, unitId, worker } = given
  const of = (...states: string[]) => mine.filter(({ until }) => states.includes(until)).map(({ problemId }) => problemId)
  const unit = { kind: 'area', id: unitId } as const
  const assign = (due: number) => ({ action: 'assign', unit, headName: '主要负责人', due: { on: addDays(worker.today, due) } }) as const
  const assignedOn = daysAgo(people.officer, 36)
  await act(assignedOn, of('overdue'), assign(-6), 1)
  await act(assignedOn, of('closed', 'completed', 'rectifying'), assign(9), 1)
  const plan = { action: 'plan', cause: '日常巡查不够，没有及时发现', measures: '明确专人，限期整改，每周回访' } as const
  await act(daysAgo(worker, 30), of('closed', 'completed', 'rectifying'), plan, 2)
  const complete = { action: 'complete', effect: '已整改到位，农户认可', evidence: '整改照片和验收单' } as const
  await act(daysAgo(worker, 20), of('closed', 'completed'), complete, 3)
  await act(daysAgo(people.supervisor, 15), of('closed'), { action: 'verify' }, 4)
  await act(daysAgo(people.supervisor, 12), of('closed'), { action: 'strike' }, 5)
}

async function act(
  ctx: Context,
  problemIds: readonly string[],
  act: Parameters<typeof actOnProblems>[1]['act'],
  revision: number,
): Promise<void> {
  if (problemIds.length > 0) await actOnProblems(ctx, { problems: problemIds.map((problemId) => ({ problemId, revision })), act })
}

/** The monthly inspection of the township's villages, one of them made and one finding something; the next month's is planned. */
async function inspect(people: People, given: { campaignId: string; townshipPath: string }): Promise<void> {
  const { campaignId, townshipPath } = given
  const areas = await listAreas(people.officer, { level: 'village', under: townshipPath })
  const units = areas.filter(({ level }) => level === 'village').map(({ path }) => ({ kind: 'area', id: path }) as const)
  const then = daysAgo(people.township, 33)
  const common = { campaignId, units: units.slice(0, 4), checkerName: '镇督查组', topics: [], isUpgraded: false }
  const plan = { ...common, kind: 'monthly' as const }
  await planInspections(then, { ...plan, plannedOn: then.today })
  const { items } = await readInspections(then, { campaignId, limit: 10 })
  for (const [index, { inspectionId, topics }] of items.slice(0, 3).entries()) {
    const sheet = topics.map((item, at) => ({ item, isFine: index > 0 || at > 0, note: index > 0 || at > 0 ? '' : '三会一课记录不全' }))
    const seen = { inspectedOn: then.today, methods: ['查台账', '访农户'], note: '', items: sheet, findings: [] }
    await recordInspection(then, { inspectionId, ...seen })
  }
  await planInspections(people.township, { ...plan, plannedOn: people.township.today })
}

async function peopleOf(ctx: Context, at: { townshipPath: string; villagePath: string }): Promise<People | undefined> {
  const { countyCode } = ctx.scope
  const who = async (role: RoleKey, under: string): Promise<Context | undefined> => {
    const [user] = await listUsersWithRole(ctx, { role, under })
    if (user === undefined) return undefined
    const isCounty = role === 'county-data-officer' || role === 'supervisor'
    const scope = isCounty ? grantCounty(countyCode) : grantArea(countyCode, under)
    return { ...ctx, scope, caller: { id: user.userId, name: user.name, roles: user.roles } }
  }
  const countyPath = at.townshipPath.split('.').slice(0, 3).join('.').concat('.')
  const officer = await who('county-data-officer', countyPath)
  const supervisor = await who('supervisor', countyPath)
  const [township, village] = [await who('township-officer', at.townshipPath), await who('village-cadre', at.villagePath)]
  if (officer === undefined || supervisor === undefined || township === undefined || village === undefined) return undefined
  return { officer, supervisor, township, village }
}

function daysAgo(ctx: Context, days: number): Context {
  return { ...ctx, now: instantOf(Date.parse(ctx.now) - days * 86_400_000), today: addDays(ctx.today, -days) }
}
