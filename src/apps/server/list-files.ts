import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startErrors } from './command-context.ts'

const sheetName = /\.(csv|tsv|txt|xlsx|xlsm|xls)$/i

/** Files named on a command line; of a folder its sheets, at any depth, in the order of their names. Throws `start.no-files`. */
export function listSheetFiles(paths: readonly string[]): string[] {
  const missing = paths.filter((path) => !existsSync(path))
  if (paths.length === 0 || missing.length > 0) throw startErrors.noFiles({ paths: missing.join('、') })
  const files = paths.flatMap((path) => (statSync(path).isDirectory() ? sheetsBelow(resolve(path)) : [resolve(path)]))
  if (files.length === 0) throw startErrors.noFiles({ paths: paths.join('、') })
  return files
}

function sheetsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => sheetName.test(name) && !name.split(/[/\\]/).some((part) => part.startsWith('.') || part.startsWith('~$')))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
