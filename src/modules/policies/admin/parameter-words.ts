import { defineWords } from '#kernel/pure/words/index.ts'

/** Texts of the dated values of a parameters policy. */
export const parameterWords = defineWords({
  table: { zh: '参数', en: 'Parameters' },
  name: { zh: '参数', en: 'Parameter' },
  value: { zh: '数值', en: 'Value' },
  unit: { zh: '单位', en: 'Unit' },
  latitude: { zh: '下级可以', en: 'Below may' },
  superior: { zh: '上级定的', en: 'Of the superior' },
  superiorOf: { zh: '{value}（{area}{document}）', en: '{value} ({area}{document})' },
  none: { zh: '没有定', en: 'not set' },
  note: { zh: '说明', en: 'Note' },
  notSet: { zh: '空着：不定，留给下级或上级', en: 'Empty: left to others' },
  years: { zh: '历次数值', en: 'Values over time' },
  since: { zh: '{day} 起', en: 'since {day}' },
  valueOf: { zh: '{name}的数值', en: 'Value of {name}' },
  latitudeOf: { zh: '{name}：下级可以', en: '{name}: those below may' },
  noteOf: { zh: '{name}的说明', en: 'Note on {name}' },
  notNumber: { zh: '要填数字，最多 {decimals} 位小数。', en: 'A number with at most {decimals} decimals.' },
  noChange: { zh: '与现行版本完全相同。', en: 'Nothing differs from the version in force.' },
  before: { zh: '现行', en: 'In force' },
  after: { zh: '这个版本', en: 'This version' },
  title: { zh: '数值', en: 'Values' },
})
