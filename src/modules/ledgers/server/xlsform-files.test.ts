import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { openSheetFile, readSheets, writeWorkbook } from '#kernel/server/sheets/index.ts'
import { isFull, makeChance, seed } from '../../../../test/chance.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { readFormFile, writeFormFile } from './xlsform-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-form-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function fileOf(sheets: Readonly<Record<string, readonly (readonly string[])[]>>): Promise<string> {
  const path = join(folder, `${Object.keys(sheets).join('-')}.xlsx`)
  await writeWorkbook({
    target: path,
    sheets: Object.entries(sheets).map(([name, [head = [], ...rows]]) => ({ name, columns: head.map((label) => ({ label })), rows })),
  })
  return path
}

const fault = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'made',
    (found: unknown) => (isNamedError(found) ? `${found.code} ${JSON.stringify(found.details)}` : String(found)),
  )

describe('a file of an XLSForm', () => {
  // Every shipped ledger goes out as a form; what comes back has the same fields and checks as far as a form can say them.
  const all = [...shippedTemplates().values()].flatMap((versions) => versions.slice(-1))
  const chance = makeChance(seed)
  const drawn = isFull ? all : [...all].sort(() => chance(3) - 1).slice(0, 3)

  it.each(drawn.map((one) => [one.template.key, one] as const))('of %s is read again as the same questions', async (_key, { template }) => {
    const path = join(folder, 'form.xlsx')
    const left = await writeFormFile(path, template)
    const { template: again, notes } = await readFormFile({ path, fileName: '表单.xlsx' })
    expect(notes.filter(({ said }) => !said.zh.includes('记录名称'))).toEqual([])
    const gone = new Set(left.map(({ at }) => at))
    const kept = template.fields.filter(({ key }) => again.fields.some((field) => field.key === key))
    expect(kept.length + left.filter(({ at }) => !at.startsWith('checks.')).length).toBeGreaterThanOrEqual(template.fields.length)
    const own = again.fields.filter(({ key }) => key !== 'record-name')
    expect(own.map(({ key, kind }) => `${key} ${kind}`)).toEqual(kept.map(({ key, kind }) => `${key} ${kind}`))
    const second = join(folder, 'second.xlsx')
    expect(await writeFormFile(second, again)).toEqual([])
    const { template: third } = await readFormFile({ path: second, fileName: '表单.xlsx' })
    expect(third.fields).toEqual(again.fields)
    expect(third.checks).toEqual(again.checks)
    expect(gone.size).toBeLessThanOrEqual(left.length)
  })

  it('has the sheets and heads of the specification, and no cell that a spreadsheet runs', async () => {
    const [first] = all
    if (first === undefined) throw new Error('there are shipped ledgers')
    const path = join(folder, 'spec.xlsx')
    const field = { key: 'f1', name: { zh: '=HYPERLINK("x")', en: '+1' }, kind: 'text' as const }
    await writeFormFile(path, { ...first.template, title: 'f1', fields: [field], checks: [] })
    const found = new Map<string, string[][]>()
    for await (const block of readSheets(await openSheetFile({ path })))
      found.set(block.sheet, [...(found.get(block.sheet) ?? []), ...block.rows.map(({ cells }) => cells)])
    expect([...found.keys()]).toEqual(['survey', 'choices', 'settings'])
    expect(found.get('survey')?.[0]?.slice(0, 3)).toEqual(['type', 'name', 'label::中文 (zh)'])
    expect(found.get('survey')?.[1]?.slice(0, 4)).toEqual(['text', 'f1', `'=HYPERLINK("x")`, "'+1"])
    expect((await readFormFile({ path, fileName: 'a.xlsx' })).template.fields[0]?.name.zh).toBe('=HYPERLINK("x")')
  })

  it('is refused whole, with every problem, and when it is no form, too long or no workbook', async () => {
    const odd = await fileOf({
      survey: [
        ['type', 'name', 'label'],
        ['geotrace', 'a', '甲'],
        ['text', 'a b', '乙'],
      ],
    })
    expect(await fault(readFormFile({ path: odd, fileName: 'a.xlsx' }))).toMatch(/template-problems.*survey A2.*survey B3/)
    const long = await fileOf({
      survey: [['type', 'name', 'label'], ...Array.from({ length: 2500 }, (_, at) => ['text', `a${at}`, `题${at}`])],
    })
    expect(await fault(readFormFile({ path: long, fileName: 'a.xlsx' }))).toMatch(/最多 2000 个/)
    const text = join(folder, 'a.xlsx')
    writeFileSync(text, 'hello')
    expect(await fault(readFormFile({ path: text, fileName: 'a.xlsx' }))).toMatch(/template-problems|sheets\./)
  })
})
