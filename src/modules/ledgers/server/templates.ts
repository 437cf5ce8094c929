import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, whileReading } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import type { CheckTemplate, GetTemplate, OfBook, PublishTemplate, SaveDraft, WithdrawTemplate } from '../contract.ts'
import { assignKeys } from '../rules/assign-keys.ts'
import { checkNamed } from '../rules/check-named.ts'
import { checkTemplate as checkRules, readTemplate } from '../rules/check-template.ts'
import type { CheckedTemplate, TemplateProblem } from '../rules/template-records.ts'
import { templateProblem } from '../rules/template-words.ts'
import type { Template } from '../rules/template.ts'
import { ledgersErrors } from './errors.ts'
import { surroundingsOf } from './known-policies.ts'
import { currentVersion, firstOwnVersion, type Within } from './open-ledger.ts'
import { knownRoles, shippedTemplates } from './shipped-templates.ts'
import {
  deleteDraftRow,
  listTemplateRows,
  lockTemplate,
  publishRow,
  saveDraftRow,
  withdrawRow,
  type TemplateRow,
} from './template-store.ts'

/** What is wrong with any JSON as a template, and which columns its fields would have. */
export async function checkTemplate(ctx: Context, { template }: CheckTemplate): Promise<CheckedTemplate> {
  return whileReading(ctx, async (db) => {
    const read = readTemplate(template)
    if ('problems' in read) return { problems: read.problems, keys: {} }
    const { problems, keys } = await judgeTemplate({ ...ctx, db }, read.template)
    return { problems, keys }
  })
}

/** Judges a template after the versions there are: a field keeps its column. */
async function judgeTemplate(
  ctx: Within,
  template: Template,
): Promise<{ problems: TemplateProblem[]; keys: Readonly<Record<string, string>>; own: TemplateRow[] }> {
  const own = await listTemplateRows(ctx.db, ctx, template.key)
  const shipped = shippedTemplates().get(template.key) ?? []
  const earlier = [...shipped.map((one) => one.keys), ...own.filter((one) => one.state !== 'draft').map((one) => one.keys)]
  const assigned = assignKeys(template, earlier)
  const problems = [...checkRules(template, assigned, knownRoles), ...checkNamed(template, await surroundingsOf(ctx))]
  if (shipped.length === 0 && !template.key.startsWith('own.')) problems.push(templateProblem('not-shipped', 'key', {}))
  return { problems, keys: assigned.keys, own }
}

const hashOf = (template: Template): string => createHash('sha256').update(JSON.stringify(template)).digest('hex')

/** Saves a draft of the next version. It may be unfinished: problems are said, not refused. Throws `ledgers.changed-meanwhile`. */
export async function saveDraft(ctx: Context, given: OfBook & SaveDraft): Promise<{ revision: number; problems: TemplateProblem[] }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { templateKey } = given
    const { version: _, ...template } = given.template
    if (template.key !== templateKey)
      throw ledgersErrors.templateProblems({ problems: [templateProblem('other-key', 'key', { name: templateKey })] })
    await lockTemplate(db, ctx, templateKey)
    const { problems, keys, own } = await judgeTemplate(within, template)
    const draft = own.find((one) => one.state === 'draft')
    const version = draft?.version ?? Math.max(firstOwnVersion - 1, ...own.map((one) => one.version)) + 1
    const revision = await saveDraftRow(db, ctx, {
      templateKey,
      version,
      definition: template,
      keys,
      hash: hashOf(template),
      revision: given.revision,
    })
    if (revision === undefined) throw ledgersErrors.changedMeanwhile({ revision: draft?.revision ?? 0 })
    await audit(db, ctx, {
      did: 'ledgers.save-draft',
      objectKind: 'ledgers.template',
      objectId: templateKey,
      details: { version, problems: problems.length },
    })
    return { revision, problems }
  })
}

/** Takes a template as one JSON file; it becomes a draft. A file that is none is refused with sentences. */
export async function takeTemplateFile(
  ctx: Context,
  upload: { stream: Readable },
): Promise<{ templateKey: string; revision: number; problems: TemplateProblem[] }> {
  const read = readTemplate(await readJson(upload.stream))
  if ('problems' in read) throw ledgersErrors.templateProblems({ problems: read.problems })
  return inTransaction(ctx, async (db) => {
    const { template } = read
    const draft = (await listTemplateRows(db, ctx, template.key)).find((one) => one.state === 'draft')
    const saved = await saveDraft(
      { ...ctx, db },
      { templateKey: template.key, template, ...(draft === undefined ? {} : { revision: draft.revision }) },
    )
    return { templateKey: template.key, ...saved }
  })
}

const mostBytes = 1_048_576

async function readJson(stream: Readable): Promise<unknown> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream) {
    // Safe: an upload is a stream of buffers.
    const chunk = part as Buffer
    bytes += chunk.length
    if (bytes > mostBytes) throw ledgersErrors.templateProblems({ problems: [templateProblem('shape', '', { why: '> 1 MB' })] })
    parts.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)))
  } catch {
    throw ledgersErrors.templateProblems({ problems: [templateProblem('not-json', '', {})] })
  }
}

/** A version of a template, the newest (a draft too) unless told. Throws `ledgers.template-unknown`. */
export async function findTemplate(ctx: Context, given: OfBook & GetTemplate): Promise<{ version: number; template: Template }> {
  return whileReading(ctx, async (db) => {
    const own = await listTemplateRows(db, ctx, given.templateKey)
    const shipped = shippedTemplates().get(given.templateKey) ?? []
    const all = [
      ...shipped.map((one) => ({ version: one.version, template: one.template })),
      ...own.map((one) => ({ version: one.version, template: one.definition })),
    ]
    const found = given.version === undefined ? all[all.length - 1] : all.find((one) => one.version === given.version)
    if (found === undefined) throw ledgersErrors.templateUnknown()
    return found
  })
}

/** A version as one JSON file. Throws `ledgers.template-unknown`. */
export async function downloadTemplate(ctx: Context, given: OfBook & GetTemplate): Promise<Download> {
  const found = await findTemplate(ctx, given)
  const { version: _, ...template } = found.template
  const body = Buffer.from(`${JSON.stringify(template, null, 2)}\n`)
  return { fileName: `${given.templateKey}-${found.version}.json`, contentType: 'application/json', body }
}

/** Throws the draft away. */
export async function discardDraft(ctx: Context, { templateKey }: OfBook): Promise<Record<string, never>> {
  return inTransaction(ctx, async (db) => {
    if (!(await deleteDraftRow(db, ctx, templateKey))) throw ledgersErrors.draftMissing()
    await audit(db, ctx, { did: 'ledgers.discard-draft', objectKind: 'ledgers.template', objectId: templateKey })
    return {}
  })
}

/** Publishes the draft: the version in use from now on. Throws `ledgers.template-problems`, `ledgers.draft-missing`. */
export async function publishTemplate(ctx: Context, given: OfBook & PublishTemplate): Promise<{ version: number }> {
  return inTransaction(ctx, async (db) => {
    const { templateKey, revision } = given
    await lockTemplate(db, ctx, templateKey)
    const draft = (await listTemplateRows(db, ctx, templateKey)).find((one) => one.state === 'draft')
    if (draft === undefined) throw ledgersErrors.draftMissing()
    if (draft.revision !== revision) throw ledgersErrors.changedMeanwhile({ revision: draft.revision })
    const { problems, keys } = await judgeTemplate({ ...ctx, db }, draft.definition)
    if (problems.length > 0) throw ledgersErrors.templateProblems({ problems })
    const version = await publishRow(db, ctx, { templateKey, revision, keys })
    if (version === undefined) throw ledgersErrors.changedMeanwhile({ revision })
    await audit(db, ctx, {
      did: 'ledgers.publish',
      objectKind: 'ledgers.template',
      objectId: templateKey,
      details: { version, hash: draft.hash },
    })
    return { version }
  })
}

/** Withdraws a version of the county's own: what it wrote stays; the newest published one left is in use, or none. */
export async function withdrawTemplate(ctx: Context, given: OfBook & WithdrawTemplate): Promise<Record<string, never>> {
  return inTransaction(ctx, async (db) => {
    const { templateKey, version, reason } = given
    await currentVersion({ ...ctx, db }, templateKey)
    if (!(await withdrawRow(db, ctx, { templateKey, version }))) throw ledgersErrors.notPublished()
    await audit(db, ctx, { did: 'ledgers.withdraw', objectKind: 'ledgers.template', objectId: templateKey, reason, details: { version } })
    return {}
  })
}
