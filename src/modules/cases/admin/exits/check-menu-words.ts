import { defineWords } from '#kernel/pure/words/index.ts'

/** Words that the list of cases needs before the page of checks is opened. */
export const checkMenuWords = defineWords({ link: { zh: '部门信息比对', en: 'Department checks' } })
