import { randomBytes } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { OfBook } from '../contract.ts'
import type { TemplateProblem } from '../rules/template-records.ts'
import { findTemplate, saveDraft } from './templates.ts'
import { readFormFile, writeFormFile } from './xlsform-files.ts'

/** What became of a form: a draft, or everything that stands against it. */
export interface BroughtForm {
  readonly templateKey?: string
  readonly fields: number
  readonly problems: readonly TemplateProblem[]
  readonly notes: readonly TemplateProblem[]
}

/** Makes a draft of a new ledger out of an XLSForm of this machine; with a problem nothing is made. Throws `sheets.*`. */
export async function bringForm(ctx: Context, given: { path: string; fileName: string; name?: string }): Promise<BroughtForm> {
  const read = await readFormFile(given).catch((fault: unknown) => {
    if (isNamedError(fault) && fault.code === 'ledgers.template-problems') return { problems: problemsIn(fault.details) }
    throw fault
  })
  if ('problems' in read) return { fields: 0, problems: read.problems, notes: [] }
  const templateKey = `own.f${randomBytes(5).toString('hex')}`
  const name = given.name === undefined ? read.template.name : { zh: given.name.slice(0, 60), en: given.name.slice(0, 60) }
  await saveDraft(ctx, {
    templateKey,
    template: { ...read.template, key: templateKey, name, print: { ...read.template.print, title: name } },
  })
  return { templateKey, fields: read.template.fields.length, problems: [], notes: read.notes }
}

function problemsIn(details: Readonly<Record<string, unknown>>): readonly TemplateProblem[] {
  // Safe: `ledgers.template-problems` carries them (errors.ts).
  return Array.isArray(details['problems']) ? (details['problems'] as TemplateProblem[]) : []
}

/** Writes a ledger as an XLSForm, readable by its owner only; returns what a form cannot say. Throws `ledgers.template-unknown`. */
export async function writeFormOf(ctx: Context, given: OfBook & { target: string }): Promise<readonly TemplateProblem[]> {
  const { template, version } = await findTemplate(ctx, { templateKey: given.templateKey })
  const left = await writeFormFile(given.target, { ...template, version })
  chmodSync(given.target, 0o600)
  return left
}
