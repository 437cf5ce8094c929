import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { fillTemplate, printDocument, type PaperValues } from '#kernel/server/documents/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { fill } from '#kernel/pure/words/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { letterNumber, type LetterFile } from '../rules/letter-records.ts'
import type { ProblemCard } from '../rules/problem-records.ts'
import { sourceWords, stateWords } from '../rules/problem-words.ts'
import { inProblems } from './closed-kinds-store.ts'
import { findCampaign } from './campaign-store.ts'
import { listProblemRows } from './problem-list-store.ts'
import { getLetter } from './read-letters.ts'
import { toCards } from './read-problems.ts'
import { countyPathOf, termsFor } from './terms.ts'

type Within = Context & { readonly db: Db }
const codeEdgePt = 96
/** Most rows of a letter's table. */
const mostRows = 2000
let shipped: Buffer | undefined

/** The template as it is shipped. */
export function letterTemplate(): Buffer {
  shipped ??= readFileSync(new URL('../policy/papers/letter.docx', import.meta.url))
  return shipped
}

const contentTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const

/** Prints a letter with its problems as they stand. `address`: how the caller's browser reached the program, for the code where policy names none. */
export async function printLetter(
  ctx: Context,
  given: { letterId: string; format: 'docx' | 'pdf'; address?: string | undefined },
): Promise<Download> {
  const { letterId, format } = given
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const letter = await getLetter(within, { letterId })
    const values = await letterValues(within, letter, given.address)
    const filled = await fillTemplate(letterTemplate(), values)
    const body = format === 'docx' ? filled : (await printDocument(filled, '交办函')).pdf
    const fileHash = createHash('sha256').update(body).digest('hex')
    const details = { format, fileHash, problems: letter.problems }
    await audit(db, ctx, { did: 'rectification.print-letter', objectKind: 'rectification.letter', objectId: letterId, details })
    return { fileName: `交办函-${letter.letterNo}.${format}`, contentType: contentTypes[format], body }
  })
}

/** What the letter shows. */
export async function letterValues(ctx: Within, letter: LetterFile, address: string | undefined): Promise<PaperValues> {
  const { soonDays, letterWord, letterSigner } = await termsFor(ctx)
  const filter = { letterId: letter.letterId, view: 'all' as const }
  const rows = await listProblemRows(ctx.db, ctx, { filter, soonDays, limit: mostRows, after: undefined })
  const cards = await toCards(ctx, rows, soonDays)
  const requirements = new Map(rows.map((row) => [row.problemId, row.requirement]))
  const campaign = await findCampaign(ctx.db, ctx, { campaignId: letter.campaignId })
  const signer =
    letterSigner === '' ? `${(await findArea(ctx, campaign?.byPath ?? ''))?.name ?? ''}防止返贫监测和帮扶工作专班` : letterSigner
  const base = (await publicAddress(ctx)) ?? address
  const reply = base === undefined ? '' : `${base}/rectification/reply/${letter.code}`
  return {
    编号: letterNumber(letterWord, letter.letterNo),
    专项: letter.campaignName.replace(/^关于/, ''),
    责任单位: letter.unitName,
    责任人: letter.headName,
    依据: campaign === undefined || campaign.documentNo === '' ? '' : `按照${campaign.documentNo}要求，`,
    问题数: String(letter.problems),
    要求: letter.requirement,
    时限: letterDay(letter.dueOn),
    增补: letter.supplements === 0 ? '' : `（含第${String(letter.supplements)}次增补）`,
    二维码: reply === '' ? '' : { code: reply, edgePt: codeEdgePt },
    回复网址: base === undefined ? '督办 › 交办函' : `${base.replace(/^https?:\/\//, '')} › 督办 › 交办函`,
    落款: signer,
    今天: letterDay(dayOf(Date.parse(letter.issuedAt))),
    问题: cards.map((card, at) => problemValues(card, { at, requirement: requirements.get(card.problemId) ?? '' })),
  }
}

function problemValues(card: ProblemCard, { at, requirement }: { at: number; requirement: string }): PaperValues {
  return {
    序号: String(at + 1),
    问题编号: card.problemNo,
    来源: fill(sourceWords[card.sourceKind], 'zh'),
    类别: card.class,
    地点: card.place,
    对象: card.headOfHousehold ?? card.subject,
    问题描述: card.description,
    整改要求: requirement === '' ? '' : `要求：${requirement}`,
    问题时限: card.dueOn ?? '',
    现状: fill(stateWords[card.state], 'zh'),
  }
}

/** The address at which the county publishes pages, where its policy names one. */
async function publicAddress(ctx: Within): Promise<string | undefined> {
  const found = await parametersFor(ctx, { areaPath: countyPathOf(ctx), asOf: ctx.today, keys: ['cases.declaration'] })
  const value = found.get('申报公开网址')?.value
  const address = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : ''
  return /^https?:\/\/[^/]+$/.test(address) ? address : undefined
}

/** A day as letters write it: `2026-11-02` → `2026年11月2日`. */
function letterDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${year}年${String(Number(month))}月${String(Number(date))}日`
}
