import { describe, expect, it } from 'vitest'
import { fileOfPaste, lookAtPaste } from './paste-text.ts'

describe('a pasted table', () => {
  it('is counted with the line breaks within cells left aside', () => {
    const found = lookAtPaste('姓名\t住址\r\n程一\t"上湾村\n一组"\r\n程二\t5" 管\r\n\r\n')
    expect(found).toMatchObject({ rows: 3, columns: 2 })
    expect(found?.head[1]).toEqual(['程一', '上湾村\n一组'])
  })

  it('is taken apart only at its beginning, however long it is', () => {
    const found = lookAtPaste(`姓名\t性别\n${'程一\t女\n'.repeat(100_000)}`)
    expect(found?.rows).toBe(100_001)
    expect(found?.head).toHaveLength(50)
  })

  it('is none when the clipboard holds nothing', () => {
    expect(lookAtPaste(' \n\t')).toBeUndefined()
  })

  it('is sent under a name that says when it came', () => {
    expect(fileOfPaste({ text: 'a' }, Date.UTC(2026, 10, 22, 1, 30)).name).toBe('粘贴 2026-11-22 0930.txt')
  })
})
