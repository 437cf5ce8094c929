import { defineWords } from '#kernel/pure/words/index.ts'

/** Texts of the gate of elimination and of the list of unstable eliminations. */
export const exitScreenWords = defineWords({
  title: { zh: '风险消除的条件', en: 'Gate of elimination' },
  through: { zh: '条件都具备，可以提请消除', en: 'Everything is met' },
  open: { zh: '还有 {n} 项没有具备', en: '{n} are not met' },
  mode: { zh: '消除方式', en: 'How the risk went away' },
  'mode.any': { zh: '未定', en: 'Not said' },
  'mode.helped': { zh: '帮扶消除', en: 'By help' },
  'mode.natural': { zh: '自然消除', en: 'By itself' },
  'state.met': { zh: '具备', en: 'Met' },
  'state.not-met': { zh: '不具备', en: 'Not met' },
  'state.unknown': { zh: '待核', en: 'Unknown' },
  'state.excused': { zh: '可免', en: 'Excused' },
  from: { zh: '来源：{source}', en: 'Source: {source}' },
  fromDay: { zh: '来源：{source}，{on}', en: 'Source: {source}, {on}' },
  asOf: { zh: '按 {asOf} 的情况判断', en: 'As of {asOf}' },
  back: { zh: '回到个案', en: 'Back to the cases' },
  unstableTitle: { zh: '消除后不稳定的户', en: 'Unstable eliminations' },
  unstableNote: {
    zh: '已消除、还在后续跟踪的户，情况又低于消除条件的。这里只是提示；要不要回退或返贫重启，由人核实后决定。',
    en: 'Eliminated households under follow-up whose facts fell below the gate. A hint only: people verify and decide whether to revert.',
  },
  unstableLabel: { zh: '消除后不稳定户名单', en: 'List of unstable eliminations' },
  unstableEmpty: { zh: '跟踪中的户都还符合消除条件', en: 'Every household under follow-up still meets the gate' },
  head: { zh: '户主', en: 'Head' },
  place: { zh: '村', en: 'Village' },
  eliminatedOn: { zh: '消除日期', en: 'Eliminated on' },
  why: { zh: '为什么', en: 'Why' },
})
