import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Context } from '#kernel/server/caller/index.ts'
import { keepFile } from '#kernel/server/files/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { openSheetFile, readSheetsSandboxed, writeWorkbook } from '#kernel/server/sheets/index.ts'
import type { GetTemplate, OfBook } from '../contract.ts'
import type { TemplateProblem } from '../rules/template-records.ts'
import type { Template } from '../rules/template.ts'
import { readForm } from '../rules/xlsform-read.ts'
import type { FormSheet } from '../rules/xlsform-sheets.ts'
import { writeForm } from '../rules/xlsform-write.ts'
import { ledgersErrors } from './errors.ts'
import { knownRoles } from './shipped-templates.ts'
import { findTemplate } from './templates.ts'

/** A form is small: what is larger is none. */
const mostBytes = 10 * 1_048_576
const mostRows = 10_000
const limits = { megabytes: 256, quietMs: 20_000, totalMs: 60_000 }

export interface FormTaken {
  readonly template: Template
  /** What was left out: questions about who and when, other languages. */
  readonly notes: readonly TemplateProblem[]
}

/** Reads an XLSForm to a template; nothing is kept. Throws `ledgers.template-problems` with everything that stands against it, `sheets.*`. */
export async function takeForm(upload: { stream: Readable; fileName: string }): Promise<FormTaken> {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-form-'))
  try {
    const { path } = await keepFile(folder, upload.stream, mostBytes)
    return await readFormFile({ path, fileName: upload.fileName })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Reads an XLSForm that lies on this machine. */
export async function readFormFile(given: { path: string; fileName: string }): Promise<FormTaken> {
  const { path, fileName } = given
  const sheets = await sheetsOf(path, fileName)
  const name = basename(fileName, extname(fileName)).trim().slice(0, 60)
  const read = readForm(sheets, { key: 'own.form', name: name === '' ? '新表单' : name, roles: knownRoles })
  if ('problems' in read) throw ledgersErrors.templateProblems({ problems: read.problems })
  return read
}

async function sheetsOf(path: string, fileName: string): Promise<FormSheet[]> {
  const reading = readSheetsSandboxed(await openSheetFile({ path, originalName: fileName }), limits)
  const sheets = new Map<string, FormSheet['rows'][number][]>()
  let rows = 0
  for await (const block of reading) {
    rows += block.rows.length
    sheets.set(block.sheet, [
      ...(sheets.get(block.sheet) ?? []),
      ...block.rows.map(({ row, cells }) => ({ row, cells: cells.slice(0, 200) })),
    ])
    if (rows > mostRows) break
  }
  const hidden = reading.report.sheets.filter(({ state }) => state === 'hidden')
  return [...[...sheets].map(([name, found]) => ({ name, rows: found })), ...hidden.map(({ name }) => ({ name, rows: [], isHidden: true }))]
}

/** A version as an XLSForm; what a form cannot say is left out (`writeForm` says what). Throws `ledgers.template-unknown`. */
export async function downloadForm(ctx: Context, given: OfBook & GetTemplate): Promise<Download> {
  const { template, version } = await findTemplate(ctx, given)
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-form-'))
  const target = join(folder, 'form.xlsx')
  try {
    await writeFormFile(target, { ...template, version })
    const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return { fileName: `${template.name.zh}-XLSForm.xlsx`, contentType, body: await readFile(target) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes a template as an XLSForm; returns what a form cannot say. */
export async function writeFormFile(target: string, template: Template): Promise<readonly TemplateProblem[]> {
  const { sheets, left } = writeForm(template)
  await writeWorkbook({
    target,
    sheets: sheets.map(({ name, head, rows }) => ({ name, columns: head.map((label) => ({ label, width: 18 })), rows: [...rows] })),
  })
  return left
}
