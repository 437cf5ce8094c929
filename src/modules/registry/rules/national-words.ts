import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences for refusals; the keys are error codes. */
export const nationalErrorWords = defineWords({
  'registry.comparison-running': {
    zh: '正在核对，请等这一次做完',
    en: 'A comparison is running; wait until it has ended',
  },
  'registry.too-many-changes': {
    zh: '超过 {limit} 条，一个表装不下；请先选一个乡镇',
    en: 'More than {limit} changes do not fit into one workbook; choose a township first',
  },
})

/** What is to be done there and why; for the screen and the workbook. */
export const nationalWords = defineWords({
  'action.change-value': { zh: '修改信息', en: 'Change a value' },
  'action.add-person': { zh: '新增人员', en: 'Add a person' },
  'action.remove-person': { zh: '减少人员', en: 'Remove a person' },
  'action.move-person': { zh: '人员转户', en: 'Move a person' },
  'action.change-place': { zh: '修改村组', en: 'Change a place' },
  'action.add-household': { zh: '新增整户', en: 'Add a household' },
  'action.remove-household': { zh: '减少整户', en: 'Remove a household' },
  'why.corrected': { zh: '我方已纠错', en: 'Corrected here' },
  'why.other-source': { zh: '以其他来源为准', en: 'Another source wins' },
  'why.system-older': { zh: '系统导出较旧', en: 'The export is older' },
  'why.only-ours': { zh: '系统缺，我方有', en: 'Only we have it' },
  'why.only-system': { zh: '只有系统有，须先核实', en: 'Only the system has it; verify first' },
  'why.left': { zh: '人已不在本户', en: 'The person has left' },
  'why.merged': { zh: '重复人员，已并入另一人', en: 'Entered twice; merged here' },
  'why.moved': { zh: '人已转到另一户', en: 'Belongs to another household now' },
  'why.closed': { zh: '我方已销户（并户或无人）', en: 'Closed here (merged, or nobody left)' },
  'why.begun': { zh: '我方新立户（分户）', en: 'Begun here by a split' },
  'why.joined': { zh: '导出之后新增', en: 'Joined after the export' },
  'severity.high': { zh: '要紧', en: 'High' },
  'severity.middle': { zh: '一般', en: 'Middle' },
  'severity.low': { zh: '较轻', en: 'Low' },
  'kind.register': { zh: '农户底册', en: 'Rural register' },
  'kind.monitoring': { zh: '监测对象信息', en: 'Monitored households' },
  'kind.building': { zh: '乡村建设户信息', en: 'Rural construction' },
  'kind.work': { zh: '外出务工信息', en: 'Migrant work' },
  'kind.planned-work': { zh: '计划外出务工信息', en: 'Planned migrant work' },
  'kind.village': { zh: '行政村信息', en: 'Villages' },
  'source.file': { zh: '{kind}（{on}）', en: '{kind} ({on})' },
  'source.correction': { zh: '纠错：{said}，{by} {on} 写入', en: 'correction: {said}, applied by {by} on {on}' },
  'source.event': { zh: '家庭变更：{said}，{by} {on} 办理', en: 'household change: {said}, done by {by} on {on}' },
  place: { zh: '村组', en: 'Place' },
  householdNo: { zh: '所在户', en: 'Household' },
  somebody: { zh: '工作人员', en: 'staff' },
})
