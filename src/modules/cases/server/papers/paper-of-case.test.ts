import { readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Transformer } from '@napi-rs/image'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Block } from '#kernel/server/documents/layout.ts'
import { readLayout } from '#kernel/server/documents/read-layout.ts'
import { readMetadata } from '#kernel/server/files/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import { plain, writeDocx } from '../../../../../test/papers/write-docx.ts'
import { downloadAttachment, withdrawAttachment } from './attachment-keep.ts'
import { readCases } from '../case-read.ts'
import { givenCaseAt } from '../given.ts'
import { sweepCounty } from './jobs/attachment-jobs.ts'
import { filePaper, missingPapers, readCasePapers } from './paper-of-case.ts'
import { printCasePaper } from './paper-print.ts'
import { downloadTemplate, dropTemplate, readTemplates, takeTemplate } from './paper-templates.ts'
import { termsOf } from '../case-terms.ts'
import type { CaseFile } from '../../rules/case-records.ts'

const world = openTestWorld()
const county = '990301'
const village = `99.9903.${county}.990301101.990301101201.`
const officer = () => world.as(grantCounty(county), { roles: ['county-data-officer'] })
const cadre = () => world.as(grantArea(county, village), { roles: ['village-cadre'] })
const stranger = () => world.as(grantArea(county, `99.9903.${county}.990301102.`), { roles: ['township-officer'] })
const deps = () => ({ vault: world.vault, filesDirectory: join(world.directory, 'files') })
const photo = async (width = 60) => Transformer.fromRgbaPixels(Buffer.alloc(width * 40 * 4, 200), width, 40).jpeg(80)
const sent = (bytes: Uint8Array) => Readable.from([Buffer.from(bytes)])

async function caseAt(step: Parameters<typeof givenCaseAt>[1]['step']): Promise<CaseFile> {
  const members = [
    { name: '欧阳䶮𬱖', relation: '户主' },
    { name: '欧阳小测', relation: '之子', bornOn: '2015-03-02' },
  ]
  const { householdId } = await givenHousehold(officer(), world.vault, { areaPath: `${village}01.`, members })
  return givenCaseAt(officer(), { householdId, step })
}

async function missing(ctx: Context, file: CaseFile) {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const all = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    return missingPapers(within, { file, action: 'pass', terms: all.steps[file.step], all })
  })
}

/** The words of a filled Word document. */
async function wordsOf(docx: Buffer): Promise<string> {
  const words = (blocks: readonly Block[]): string[] =>
    blocks.flatMap((block) =>
      block.kind === 'table' ? block.cells.flatMap((cell) => words(cell.blocks)) : block.runs.map((run) => ('text' in run ? run.text : '')),
    )
  return words((await readLayout(docx)).blocks).join('')
}

describe('a paper of a case', () => {
  it('puts its case among those that lack papers until it is signed and sent back', async () => {
    const { caseId, step } = await caseAt('statement')
    const lacking = async () => (await readCases(officer(), { unfiled: true, limit: 200 })).items.map((file) => file.caseId)
    expect(await lacking()).toContain(caseId)
    const { papers } = await readCasePapers(cadre(), caseId)
    for (const { key } of papers.filter((paper) => paper.isAsked && paper.step === step))
      await filePaper(cadre(), deps(), { caseId, step, kind: key, signedOn: undefined, stream: sent(await photo()) })
    expect(await lacking()).not.toContain(caseId)
    expect((await readCases(officer(), { unfiled: true })).total).toBe((await lacking()).length)
  })

  it('comes filled from the records, numbers masked, and is noted as printed', async () => {
    const file = await caseAt('statement')
    const made = await printCasePaper(cadre(), deps(), { caseId: file.caseId, kind: 'application', format: 'docx' })
    expect(made.fileName).toBe(`申请及承诺授权书-${file.caseNo}.docx`)
    // Safe: a filled template is a buffer.
    const words = await wordsOf(made.body as Buffer)
    expect(words).toContain('本人欧阳䶮𬱖')
    expect(words).toContain('2023年12月18日')
    expect(words).not.toContain('欧阳小测')
    expect(words).not.toMatch(/\d{17}/)
    const { papers } = await readCasePapers(cadre(), file.caseId)
    expect(papers[0]).toMatchObject({ key: 'application', step: 'statement', isAsked: true, state: 'printed', canPrint: true })
    const { papers: collection } = await readCasePapers(cadre(), file.caseId)
    expect(collection.find((paper) => paper.key === 'collection')).toMatchObject({ step: 'visit', state: 'not-printed' })
  })

  it('shows whole numbers only where policy lets it, of adults, for a reason that is kept by person', async () => {
    const members = [
      { name: '欧阳户主', relation: '户主', bornOn: '1970-05-01' },
      { name: '欧阳小测', relation: '之子', bornOn: '2015-03-02' },
    ]
    const { householdId, persons } = await givenHousehold(officer(), world.vault, { areaPath: `${village}01.`, members })
    const file = await givenCaseAt(officer(), { householdId, step: 'statement' })
    const ask = { caseId: file.caseId, kind: 'application', format: 'docx', reason: '农户到场签字' } as const
    const numbersIn = (text: string) => persons.map(({ idNumber }) => text.includes(idNumber))
    // Safe: a filled template is a buffer.
    const words = await wordsOf((await printCasePaper(officer(), deps(), ask)).body as Buffer)
    expect(numbersIn(words)).toEqual([true, false])
    const review = await wordsOf((await printCasePaper(officer(), deps(), { ...ask, kind: 'review' })).body as Buffer)
    expect(numbersIn(review)).toEqual([true, false])
    for (const kind of ['collection', 'decision', 'elimination', 'card'])
      await expect(printCasePaper(officer(), deps(), { ...ask, kind })).rejects.toMatchObject({ code: 'cases.paper-masked-only' })
    const told = await inTransaction(officer(), (db) =>
      sql<{ did: string; object_id: string }>`
        SELECT did, object_id FROM kernel.audit WHERE reason = ${ask.reason} ORDER BY did`.execute(db),
    )
    const [person = ''] = persons.map(({ personId }) => personId)
    const looks = ['registry.reveal', 'registry.reveal'].map((did) => ({ did, object_id: person }))
    expect(told.rows).toEqual([
      ...['cases.print-whole-paper', 'cases.print-whole-paper'].map((did) => ({ did, object_id: file.caseId })),
      ...looks,
    ])
    const { papers } = await readCasePapers(officer(), file.caseId)
    expect(papers.filter(({ canPrintWhole }) => canPrintWhole).map(({ key }) => key)).toEqual(['application'])
    expect((await readCasePapers(cadre(), file.caseId)).papers.some(({ canPrintWhole }) => canPrintWhole)).toBe(false)
  })

  it('is missing until its photograph is there, and again when that is withdrawn', async () => {
    const file = await caseAt('statement')
    const wanted = { code: 'paper.unsigned', blocks: true, details: { name: '申请及承诺授权书' } }
    expect(await missing(cadre(), file)).toEqual([wanted])
    const page = { caseId: file.caseId, step: 'statement', kind: 'application', signedOn: undefined } as const
    const { attachmentId } = await filePaper(cadre(), deps(), { ...page, stream: sent(await photo()) })
    expect(await filePaper(cadre(), deps(), { ...page, stream: sent(await photo()) })).toEqual({ attachmentId })
    expect(await missing(cadre(), file)).toEqual([])
    const { papers } = await readCasePapers(cadre(), file.caseId)
    expect(papers[0]).toMatchObject({
      state: 'signed',
      signedOn: '2023-12-18',
      pages: [{ attachmentId, mediaType: 'image/jpeg', width: 60 }],
    })
    await withdrawAttachment(cadre(), { attachmentId, reason: '拍错了' })
    expect(await missing(cadre(), file)).toEqual([wanted])
  })

  it('may follow later through the green channel, but not after the entry', async () => {
    const file = await caseAt('statement')
    expect(await missing(cadre(), { ...file, isGreen: true })).toMatchObject([{ code: 'paper.later', blocks: false }])
    const late = await missing(cadre(), { ...file, isGreen: true, step: 'entry' })
    expect(late.map((item) => item.details['name'])).toEqual(expect.arrayContaining(['信息采集表', '申请及承诺授权书', '审核表', '审定表']))
    expect(late.every((item) => item.blocks)).toBe(true)
  })

  it('is refused at another step, on a day to come, by a stranger, and when it is no picture', async () => {
    const file = await caseAt('statement')
    const page = { caseId: file.caseId, step: 'statement', kind: 'application', signedOn: undefined } as const
    const file_ = async (ctx: Context, change: object, bytes: Uint8Array) =>
      filePaper(ctx, deps(), { ...page, ...change, stream: sent(bytes) }).then(
        () => 'filed',
        (fault: { code?: string }) => fault.code,
      )
    expect(await file_(cadre(), { step: 'review' }, await photo())).toBe('cases.paper-of-other-step')
    expect(await file_(cadre(), { kind: 'decision' }, await photo())).toBe('cases.paper-unknown')
    expect(await file_(cadre(), { signedOn: '2023-12-19' }, await photo())).toBe('cases.signed-on-wrong')
    expect(await file_(stranger(), {}, await photo())).toBe('http.not-found')
    expect(await file_(cadre(), {}, Buffer.from('<html>'))).toBe('files.wrong-kind')
    expect(readdirSync(join(deps().filesDirectory, 'quarantine'))).toEqual([])
  })
})

describe('an attachment', () => {
  it('lies encrypted, is given back only within the scope, and is swept away after it was withdrawn', async () => {
    const file = await caseAt('visit')
    const page = { caseId: file.caseId, step: 'visit', kind: 'collection', signedOn: '2023-12-18' } as const
    const { attachmentId } = await filePaper(cadre(), deps(), { ...page, stream: sent(await photo(72)) })
    const given = await downloadAttachment(cadre(), deps(), attachmentId)
    expect(given.contentType).toBe('image/jpeg')
    // Safe: an attachment is a buffer.
    expect(readMetadata(given.body as Buffer)).toEqual([])
    await expect(downloadAttachment(stranger(), deps(), attachmentId)).rejects.toMatchObject({ code: 'http.not-found' })
    const folder = join(deps().filesDirectory, 'attachments')
    const before = readdirSync(folder)
    for (const name of before) expect(readFileSync(join(folder, name)).subarray(0, 3).toString('hex')).not.toBe('ffd8ff')
    await withdrawAttachment(cadre(), { attachmentId, reason: '不是这一户的' })
    await expect(downloadAttachment(cadre(), deps(), attachmentId)).rejects.toMatchObject({ code: 'http.not-found' })
    const twoDaysOn = Date.UTC(2023, 11, 20, 2)
    for (const name of before) utimesSync(join(folder, name), twoDaysOn / 1000 - 172_800, twoDaysOn / 1000 - 172_800)
    const row = await inTransaction(officer(), (db) =>
      sql<{ file_id: string }>`SELECT file_id FROM cases.attachment WHERE attachment_id = ${attachmentId}::uuid`.execute(db),
    )
    await inTransaction(officer(), (db) =>
      sql`UPDATE cases.attachment SET withdrawn_at = '2023-12-18T00:00:00Z' WHERE attachment_id = ${attachmentId}::uuid`.execute(db),
    )
    const later = { ...officer(), now: new Date(twoDaysOn).toISOString() as Context['now'] } // Safe: an instant.
    expect(await sweepCounty(later, deps())).toBeGreaterThan(0)
    expect(readdirSync(folder)).not.toContain(row.rows[0]?.file_id)
  })
})

describe('a template of the county', () => {
  it('takes the place of the shipped one, until it is dropped; one with unknown fields is refused', async () => {
    const file = await caseAt('statement')
    const bad = await writeDocx([plain('{户主}{银行卡号}')])
    await expect(takeTemplate(officer(), deps(), { kind: 'application', stream: sent(bad) })).rejects.toMatchObject({
      code: 'cases.template-unknown-fields',
      details: { fields: '银行卡号' },
    })
    const own = await writeDocx([plain('本县格式：{户主}，{村}')])
    expect(await takeTemplate(officer(), deps(), { kind: 'application', stream: sent(own) })).toEqual({ leftOut: ['成年成员'] })
    expect((await downloadTemplate(officer(), 'application')).body).toEqual(own)
    const made = await printCasePaper(cadre(), deps(), { caseId: file.caseId, kind: 'application', format: 'docx' })
    // Safe: a filled template is a buffer.
    expect(await wordsOf(made.body as Buffer)).toContain('本县格式：欧阳䶮𬱖')
    const used = (await readTemplates(officer())).items.find((one) => one.kind === 'application')
    expect(used).toMatchObject({ isOwn: true, leftOut: ['成年成员'] })
    await dropTemplate(officer(), 'application')
    expect((await readTemplates(officer())).items.every((one) => !one.isOwn)).toBe(true)
    await expect(dropTemplate(officer(), 'application')).rejects.toMatchObject({ code: 'cases.template-shipped' })
  })
})
