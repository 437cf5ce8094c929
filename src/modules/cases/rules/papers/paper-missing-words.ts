import { defineWords } from '#kernel/pure/words/index.ts'

/** What the steps of a case ask of its papers; `name` is the paper as policy names it. */
export const paperMissingWords = defineWords({
  'missing.paper.unsigned': {
    zh: '《{name}》还没有签字拍照传回',
    en: '“{name}” has not come back signed and photographed',
  },
  'missing.paper.later': {
    zh: '绿色通道：《{name}》要在录入国家系统前补齐',
    en: 'Green channel: “{name}” must follow before the entry in the national system',
  },
})
