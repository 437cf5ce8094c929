import { read } from '#kernel/browser/api/index.ts'
import { getPreferences } from '#kernel/browser/session/index.ts'
import { defineWords, fill, type Words } from '#kernel/pure/words/index.ts'
import type { TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { LeadCard, LeadCounts, LeadPage } from '../rules/lead-records.ts'

const words = defineWords({
  section: { zh: '风险线索', en: 'Risk leads' },
  mine: { zh: '等我办的线索', en: 'Leads waiting for me' },
  overdue: { zh: '超期线索', en: 'Overdue leads' },
  returned: { zh: '被退回的线索', en: 'Returned leads' },
  kind: { zh: '风险线索', en: 'Risk lead' },
  new: { zh: '发给村入户核实', en: 'Send to the villages' },
  newTitle: { zh: '{n} 条新线索', en: '{n} new leads' },
  sent: { zh: '入户核实并答复', en: 'Visit and answer' },
  returned_ask: { zh: '被退回，请补充办理', en: 'Returned: act again' },
  answered: { zh: '村已答复，请审核办结', en: 'Answered: check and close' },
})
const asks: Readonly<Record<LeadCard['state'], Words>> = {
  new: words.new,
  sent: words.sent,
  returned: words.returned_ask,
  answered: words.answered,
  closed: words.answered,
}

/** What 工作台 shows of leads: those that wait for the caller, overdue ones, returned ones; and the first to do. New ones go out together. */
export const todayLeads: TodaySection = { key: 'leads', words: words.section, needs: 'screening.lead:read', load }

async function load(): Promise<TodayWork> {
  const [counts, page] = await Promise.all([
    read<LeadCounts>('/screening/lead-counts'),
    read<LeadPage>('/screening/leads', { mine: 'true', limit: 50 }),
  ])
  const to = '/screening/leads'
  return {
    cards: [
      { key: 'mine', words: words.mine, count: counts.mine, to, search: { view: 'mine' } },
      {
        key: 'overdue',
        words: words.overdue,
        count: counts.overdue,
        to,
        search: { view: 'overdue' },
        level: counts.overdue > 0 ? 'red' : 'green',
      },
      { key: 'returned', words: words.returned, count: counts.states.returned ?? 0, to, search: { view: 'returned' }, level: 'amber' },
    ],
    items: [...page.items.filter((lead) => lead.state !== 'new').map(toItem), ...newOnes(counts.states.new ?? 0, page)],
  }
}

/** All leads that nobody has sent are one thing to do; only for callers for whom they wait. */
function newOnes(count: number, page: LeadPage): TodayItem[] {
  if (count === 0 || !page.items.some((lead) => lead.state === 'new')) return []
  const title = fill(words.newTitle, getPreferences().language, { n: count })
  return [{ key: 'new-leads', kind: words.kind, title, ask: words.new, to: '/screening/leads', search: { view: 'new' } }]
}

function toItem(lead: LeadCard): TodayItem {
  const { household } = lead
  return {
    key: lead.leadId,
    kind: words.kind,
    title: household?.headName ?? lead.leadId.slice(-6),
    ...(household === null
      ? {}
      : { place: [household.township, household.village, household.group].filter((part) => part !== '').join(' ') }),
    ask: asks[lead.state],
    ...(lead.dueOn === null || lead.state === 'answered' ? {} : { dueOn: lead.dueOn }),
    isOverdue: lead.isOverdue,
    to: '/screening/leads',
    search: { view: 'mine', lead: lead.leadId },
  }
}
