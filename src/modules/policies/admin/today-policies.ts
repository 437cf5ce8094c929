import { defineWords, fill } from '#kernel/pure/words/index.ts'
import { getPreferences } from '#kernel/browser/session/index.ts'
import type { TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { PolicyCard } from '../contract.ts'
import { loadPolicies } from './policy-calls.ts'

const words = defineWords({
  section: { zh: '政策规则', en: 'Policies' },
  card: { zh: '政策草稿和待发布', en: 'Policy drafts' },
  kind: { zh: '政策规则', en: 'Policy' },
  ask: { zh: '有 {n} 份草稿或待发布的版本', en: '{n} drafts or versions handed in' },
})

/** What 工作台 shows of policies to those who publish: drafts that are not yet decided. */
export const todayPolicies: TodaySection = { key: 'policies', words: words.section, needs: 'policies.policy:publish', load }

async function load(): Promise<TodayWork> {
  const open = (await loadPolicies()).items.filter((one) => one.open > 0)
  const count = open.reduce((all, one) => all + one.open, 0)
  if (count === 0) return { cards: [], items: [] }
  return {
    cards: [{ key: 'policies-open', words: words.card, count, to: '/policies', search: { open: true } }],
    items: open.map(itemOf),
  }
}

function itemOf(policy: PolicyCard): TodayItem {
  const said = (language: 'zh' | 'en') => fill(words.ask, language, { n: policy.open })
  return {
    key: `policies-${policy.key}`,
    kind: words.kind,
    title: policy[getPreferences().language],
    ask: { zh: said('zh'), en: said('en') },
    to: `/policies/${policy.key}`,
    search: { tab: 'publish' },
  }
}
