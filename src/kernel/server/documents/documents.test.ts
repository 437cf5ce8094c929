import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractText } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { body, plain, table, title, writeDocx, type ShapeBlock } from '../../../../test/papers/write-docx.ts'
import { fontFolders } from './fonts.ts'
import { checkTemplate, fillTemplate, printDocument } from './index.ts'
import { readLayout } from './read-layout.ts'
import type { Block } from './layout.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-documents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function fileOf(blocks: readonly ShapeBlock[], extra?: Record<string, string>): Promise<string> {
  return fileOfBytes(await writeDocx(blocks, extra))
}

function fileOfBytes(bytes: Uint8Array): string {
  const path = join(folder, `${String(Math.trunc(performance.now() * 1000))}.docx`)
  writeFileSync(path, bytes)
  return path
}

/** The words of a document in their order, images as `[image]`. */
async function wordsOf(docx: Buffer): Promise<string> {
  const words = (blocks: readonly Block[]): string[] =>
    blocks.flatMap((block) => {
      if (block.kind === 'table') return block.cells.flatMap((cell) => words(cell.blocks))
      return [block.runs.map((run) => ('text' in run ? run.text : 'image' in run ? '[image]' : '\n')).join('')]
    })
  return words((await readLayout(docx)).blocks).join('|')
}

const rows = Array.from({ length: 300 }, (_, at) => ({ 序号: String(at + 1), 姓名: `䶮𬱖${String(at + 1)}` }))
const shape = [
  title('{题目}'),
  body('{称呼}：\n请看{事由}。{#盖章}已盖章{/盖章}'),
  table(
    [20, 60],
    [
      ['序号', '姓名'],
      ['{#名单}{序号}', '{姓名}{/名单}'],
    ],
    1,
  ),
  plain('{码}'),
]
const values = {
  题目: '公示 <甲> & 乙',
  称呼: '欧阳䶮',
  事由: '第一行\n第二行',
  盖章: false,
  名单: rows,
  码: { code: 'https://a.example/q', edgePt: 60 },
}

describe('a template', () => {
  let filled: Buffer = Buffer.alloc(0)
  beforeAll(async () => {
    filled = await fillTemplate(await writeDocx(shape), values)
  })

  it('is filled with text, lists, conditions, rare characters and a QR code', async () => {
    const words = await wordsOf(filled)
    expect(words).toContain('公示 <甲> & 乙|')
    expect(words).toContain('请看第一行\n第二行。|')
    expect(words).toContain('|300|䶮𬱖300|[image]')
    expect(words).not.toMatch(/[{}]|已盖章/)
  })

  it('is printed with every row, the header on each page, and the characters of names as text', async () => {
    const { pdf, pages } = await printDocument(filled, '公示')
    const { text, totalPages } = await extractText(new Uint8Array(pdf), { mergePages: false })
    expect(totalPages).toBe(pages)
    expect(pages).toBeGreaterThan(5)
    const all = text.join('\n').replace(/\s/g, '')
    for (const { 姓名 } of rows) expect(all).toContain(姓名)
    expect(text.filter((page) => page.replace(/\s/g, '').includes('序号姓名')).length).toBe(pages)
    expect(text[1]?.replace(/\s/g, '')).toMatch(/—2—/)
  })

  it('keeps half characters and control characters out of the document', async () => {
    const words = await wordsOf(await fillTemplate(await writeDocx([plain('{甲}')]), { 甲: 'a\u0001b\ud83dc' }))
    expect(words).toBe('ab\ufffdc')
  })

  it('is filled without the columns that are left out; the list goes on over what is left', async () => {
    const three = table(
      [20, 60, 40],
      [
        ['序号', '姓名', '类别'],
        ['{#名单}{序号}', '{姓名}', '{类别}{/名单}'],
      ],
      1,
    )
    const list = { 名单: [1, 2].map((at) => ({ 序号: String(at), 姓名: `甲${String(at)}`, 类别: `乙${String(at)}` })) }
    const docx = await writeDocx([three])
    const without = async (names: readonly string[]) => wordsOf(await fillTemplate(docx, list, names))
    expect(await without([])).toBe('序号|姓名|类别|1|甲1|乙1|2|甲2|乙2')
    expect(await without(['类别'])).toBe('序号|姓名|1|甲1|2|甲2')
    expect(await without(['序号'])).toBe('姓名|类别|甲1|乙1|甲2|乙2')
    expect(await without(['序号', '类别'])).toBe('序号|姓名|类别|1|甲1|乙1|2|甲2|乙2')
  })
})

describe('a template of a stranger', () => {
  it('tells its fields, with the list that they stand in', async () => {
    const { fields } = await checkTemplate(await fileOf(shape))
    expect(fields).toContainEqual({ name: '名单', isList: true, within: [] })
    expect(fields).toContainEqual({ name: '姓名', isList: false, within: ['名单'] })
  })

  const relation = (type: string, mode = '') =>
    `<Relationships xmlns="x"><Relationship Id="rId9" Type="http://x/${type}" Target="http://a.example/t.dotm" ${mode}/></Relationships>`
  const documentOf = (inside: string) => `<w:document xmlns:w="x"><w:body>${inside}</w:body></w:document>`
  const cases: [string, Record<string, string>, string][] = [
    ['macros', { 'word/vbaProject.bin': 'x' }, 'documents.has-macros'],
    ['an embedded object', { 'word/embeddings/oleObject1.bin': 'x' }, 'documents.has-objects'],
    ['a program in it', { 'word/media/run.exe': 'x' }, 'documents.has-objects'],
    [
      'a template on another machine',
      { 'word/_rels/settings.xml.rels': relation('attachedTemplate', 'TargetMode="External"') },
      'documents.has-links',
    ],
    ['a chunk of another format', { 'word/document.xml': documentOf('<w:altChunk r:id="rId9"/>') }, 'documents.has-objects'],
    [
      'a field that starts a program, cut into pieces',
      { 'word/document.xml': documentOf('<w:instrText> DD</w:instrText><w:instrText>EAUTO c:\\x</w:instrText>') },
      'documents.has-fields',
    ],
    [
      'a field that fetches',
      { 'word/document.xml': documentOf('<w:fldSimple w:instr=" INCLUDEPICTURE http://a.example "/>') },
      'documents.has-fields',
    ],
    ['a document type', { 'word/styles.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }, 'sheets.doctype'],
    ['an archive in the archive', { 'word/media/more.zip': 'PK' }, 'sheets.nested-archive'],
    ['a part that unpacks without end', { 'word/media/image1.png': '\0'.repeat(4_000_000) }, 'sheets.zip-bomb'],
  ]
  for (const [name, extra, code] of cases) {
    it(`is refused with ${name}`, async () => {
      await expect(checkTemplate(await fileOf([plain('x')], extra))).rejects.toMatchObject({ code })
    })
  }

  it('is refused when it is none, is too large, or its tags do not close', async () => {
    await expect(checkTemplate(fileOfBytes(Buffer.from('%PDF-1.7')))).rejects.toMatchObject({ code: 'documents.not-docx' })
    await expect(checkTemplate(fileOfBytes(Buffer.alloc(3_000_000)))).rejects.toMatchObject({ code: 'documents.too-large' })
    await expect(checkTemplate(await fileOf([plain('{#名单}{姓名}')]))).rejects.toMatchObject({ code: 'documents.broken-tag' })
    await expect(checkTemplate(await fileOf([plain('{#甲}{#甲}{#甲}x{/}{/}{/}')]))).rejects.toMatchObject({ code: 'documents.too-much' })
    await expect(fillTemplate(Buffer.from('PK nonsense'), {})).rejects.toMatchObject({ code: 'documents.unreadable' })
  })
})

it('names the package where no Chinese font is installed', () => {
  expect(() => fontFolders([folder])).toThrow(
    expect.objectContaining({ code: 'documents.no-fonts', details: { package: 'fonts-noto-cjk' } }) as Error,
  )
})
