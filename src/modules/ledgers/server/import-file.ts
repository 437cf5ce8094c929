import { mkdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { whileReading } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { writeWorkbook } from '#kernel/server/sheets/index.ts'
import type { OfBook } from '../contract.ts'
import { importHints } from '../rules/import-fields.ts'
import { ledgersErrors } from './errors.ts'
import { openLedger } from './open-ledger.ts'
import type { LedgerDeps } from './work-out.ts'

/** The file to fill in: the header as imports read it, and a second sheet that says what may stand in each column. */
export async function makeImportFile(ctx: Context, deps: LedgerDeps, { templateKey }: OfBook): Promise<Download> {
  const open = await whileReading(ctx, async (db) => {
    const ledger = await openLedger({ ...ctx, db }, templateKey)
    if (!ledger.can.import) throw ledgersErrors.mayNotWrite()
    return ledger.open
  })
  const hints = importHints(open)
  const folder = join(deps.filesDirectory, 'exports')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, makeId())
  const name = open.template.name.zh
  try {
    const columns = hints.map(({ label }) => ({ label, width: Math.max(10, label.length * 2 + 4) }))
    const guide = {
      name: '填写说明',
      columns: [
        { label: '栏目', width: 20 },
        { label: '怎么填', width: 60 },
      ],
      rows: hints.map(({ label, hint }) => [label, hint]),
    }
    await writeWorkbook({ target, sheets: [{ name, columns, rows: [] }, guide] })
    const body = await readFile(target)
    return { fileName: `${name}-导入模板.xlsx`, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body }
  } finally {
    rmSync(target, { force: true })
  }
}
