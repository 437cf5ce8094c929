import type { ClassColumn } from './judge-households.ts'

/** Which table gives which column of the classification; `output`: the one of several outputs that is taken. */
export const classTables: readonly { column: ClassColumn; key: string; output?: string }[] = [
  { column: 'layer', key: 'cases.layer' },
  { column: 'labourClass', key: 'cases.labour-class' },
  { column: 'card', key: 'cases.card' },
  { column: 'advice', key: 'cases.monitored-object' },
  { column: 'alert', key: 'cases.measures-required', output: '结论' },
]

/** Facts that are shown beside the results whether or not a table reads them. */
export const shownFacts = { type: '户类型', kind: '监测对象类别', state: '监测状态', clearedOn: '风险消除日' } as const
/** What the fact `监测对象类别` says of a household that is not monitored. */
export const notMonitored = '无'
/** The fact that says whether the monitoring export holds a household. */
export const exportFact = '在监测信息表'
