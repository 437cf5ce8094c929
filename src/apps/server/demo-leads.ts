import { addDays, instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import type { LeadAnswer } from '#modules/screening/contract.ts'
import { answerLead, readInbox, sendLeads } from '#modules/screening/server/module.ts'
import type { Installation } from './installation.ts'

/** What the visits of the demo found, one after the other; `undefined` is a lead that nobody has answered yet. */
const findings: readonly { answer: LeadAnswer; note: string }[] = [
  { answer: 'confirmed', note: '入户核实，情况属实，家庭支出压力较大。' },
  { answer: 'confirmed', note: '见到本人，情况属实，本人希望得到帮扶。' },
  { answer: 'dismissed', note: '入户核实，已得到救助，目前没有困难。' },
  { answer: 'confirmed', note: '与邻居、组长核对，情况属实。' },
  { answer: 'needs-help-elsewhere', note: '属实，需要医保部门帮助办理报销。' },
  { answer: 'confirmed', note: '电话联系本人并入户，情况属实。' },
  { answer: 'not-here', note: '全家长期在外居住，已电话告知户主。' },
  { answer: 'dismissed', note: '清单信息有误，本人已说明情况。' },
]
/** Of ten leads eight are answered; the others show what overdue looks like. */
const answeredOfTen = 8
const sentDaysAgo = 12

/** Carries the first month's leads of the demo through the inbox: sent to the villages twelve days ago, most of them answered since. */
export async function answerDemoLeads(ctx: Context, installation: Installation, month: string): Promise<void> {
  const deps = { vault: installation.vault }
  const sentMs = Date.parse(ctx.now) - sentDaysAgo * 86_400_000
  const earlier: Context = {
    ...ctx,
    scope: grantCounty(ctx.scope.countyCode),
    now: instantOf(sentMs),
    today: addDays(ctx.today, -sentDaysAgo),
  }
  await sendLeads(earlier, { filter: { month }, note: '请入户核实', isDryRun: false }, deps)
  let after: string | undefined
  let number = 0
  do {
    const page = await readInbox(earlier, { month, limit: 200, ...(after === undefined ? {} : { after }) }, deps)
    for (const lead of page.items) {
      const finding = findings[number % findings.length]
      number += 1
      if (lead.holder === 'nobody' || finding === undefined || number % 10 >= answeredOfTen) continue
      const depth = lead.holder === 'village' ? 5 : 4
      const holder = grantArea(ctx.scope.countyCode, `${lead.areaPath.split('.').slice(0, depth).join('.')}.`)
      await answerLead(
        { ...ctx, scope: holder },
        { leadId: lead.leadId, input: { ...finding, revision: lead.revision, reasons: [] } },
        deps,
      )
    }
    after = page.next
  } while (after !== undefined)
}
