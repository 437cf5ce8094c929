import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences for refusals of searches for duplicates and merges; the keys are codes of `registryErrors`. */
export const duplicateErrorWords = defineWords({
  'registry.search-running': { zh: '查重正在进行，请等它完成', en: 'A search is running; wait until it has ended' },
  'registry.already-merged': {
    zh: '其中一人已经不在台账里（已合并或已离开）；请刷新列表',
    en: 'One of the two is no longer in the register; reload the list',
  },
  'registry.head-elsewhere': {
    zh: '要去掉的这条是另一户的户主，那一户还有别的家人；请改为保留这一条，或先给那一户换户主',
    en: 'The row that would leave is the head of another household with other members; keep this row instead, or name another head there first',
  },
  'registry.merge-refused': {
    zh: '现在不能合并：{by} 里还有未办结的事（{why}）',
    en: 'This cannot be merged now: something is open in {by} ({why})',
  },
})
