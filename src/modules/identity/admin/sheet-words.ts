import { defineWords } from '#kernel/pure/words/index.ts'

export const sheetWords = defineWords({
  paste: { zh: '粘贴区', en: 'Paste here' },
  reading: { zh: '正在上传并读取文件', en: 'Sending and reading the file' },
})
