import { defineWords } from '#kernel/pure/words/index.ts'

export const inspectionKindWords = defineWords({
  supervision: { zh: '督查组督查', en: 'Supervision by a team' },
  leader: { zh: '领导调研督导', en: 'Leader on site' },
  unannounced: { zh: '明察暗访', en: 'Unannounced check' },
  'cross-check': { zh: '村级资料交叉检查', en: 'Cross-check of files' },
  township: { zh: '镇督查组逐村检查', en: 'Township inspection' },
  signs: { zh: '村级标牌清理', en: 'Signs of village offices' },
  'party-review': { zh: '党建“回头看”', en: 'Party look-back' },
  monthly: { zh: '每月全面督查', en: 'Monthly inspection' },
  patrol: { zh: '巡察', en: 'Patrol' },
})

export const inspectionStateWords = defineWords({
  planned: { zh: '待检查', en: 'Planned' },
  inspected: { zh: '已检查，待交办', en: 'Made' },
  mending: { zh: '整改中', en: 'Being mended' },
  closed: { zh: '已办结', en: 'Closed' },
})
