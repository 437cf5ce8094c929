import { defineWords } from '#kernel/pure/words/index.ts'

/** What `bangfu decide` says of files that it cannot use. */
export const decideWords = defineWords({
  'decide.no-file': { zh: '没有这个文件：{path}。', en: 'There is no file {path}.' },
  'decide.too-large': {
    zh: '文件有 {megabytes} MB，超过 {limit} MB 的上限。',
    en: 'The file has {megabytes} MB; at most {limit} MB are read.',
  },
  'decide.not-usable': {
    zh: '这份决策表有错，改好之前不能使用：{problems}',
    en: 'The decision model has errors and cannot be used before they are mended (above).',
  },
  'decide.no-decision': { zh: '表里没有名为“{name}”的决策；有：{names}。', en: 'There is no decision “{name}”; there are: {names}.' },
  'decide.nothing-to-decide': { zh: '这份 DMN 文件里没有决策。', en: 'This DMN file holds no decision.' },
  'decide.not-json': {
    zh: '事实文件不是可读的 JSON 列表：{reason}',
    en: 'The facts are no readable JSON list of objects: {reason}',
  },
  'decide.no-facts': {
    zh: '事实文件里没有数据，或表头与事实名称对不上。表需要的事实：{names}。',
    en: 'The file holds no facts, or its heading names none of them. The decision needs: {names}.',
  },
  'decisions.not-xml': {
    zh: '不是可读的 XML（第 {line} 行）：{reason}。请用 DMN 编辑器重新导出。',
    en: 'Not readable as XML (line {line}): {reason}.',
  },
  'decisions.not-dmn': {
    zh: '这不是 DMN 决策表文件（最外层是“{found}”）。请给 DMN 1.1 到 1.5 的 .dmn 文件。',
    en: 'Not a DMN file (it begins with “{found}”); DMN 1.1 to 1.5 is read.',
  },
  'decisions.bad-element': {
    zh: 'DMN 文件中的“{element}”（{named}）不合标准：{reason}。',
    en: 'The element “{element}” ({named}) of the DMN file is not as the standard says: {reason}.',
  },
})
