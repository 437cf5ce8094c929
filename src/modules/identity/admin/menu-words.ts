import { defineWords } from '#kernel/pure/words/index.ts'

export const menuWords = defineWords({
  users: { zh: '用户权限', en: 'Users' },
  organisations: { zh: '单位名录', en: 'Organisations' },
  areas: { zh: '区划组织', en: 'Areas' },
})
