import { isNamedError } from '#kernel/pure/errors/index.ts'
import { runProgram } from '#kernel/server/programs/index.ts'
import { documentErrors } from './errors.ts'
import { askChild } from './fill-template.ts'
import { families, fontFolders } from './fonts.ts'
import type { Layout } from './layout.ts'

/** A document as PDF. */
export interface Printed {
  readonly pdf: Buffer
  readonly pages: number
}

let folders: string[] | undefined

/**
 * Prints a filled Word document as PDF: its layout is read and set by Typst, so that one template serves both. Text boxes and headers are left out.
 * Throws `documents.no-fonts`, `.unreadable`, `.not-printed`.
 */
export async function printDocument(docx: Uint8Array, title: string): Promise<Printed> {
  folders ??= fontFolders()
  // Safe: the child answers a layout.
  const layout = (await askChild({ work: 'layout', template: Buffer.from(docx).toString('base64') })) as Layout
  try {
    const given = { layout, title, folders, families }
    // Safe: the child answers these two.
    const answer = (await runProgram(new URL('./print-child.ts', import.meta.url), given, {
      megabytes: 256,
      seconds: 30,
      addons: true,
    })) as {
      pdf: string
      pages: number
    }
    return { pdf: Buffer.from(answer.pdf, 'base64'), pages: answer.pages }
  } catch (fault) {
    throw isNamedError(fault) && fault.code === 'programs.crashed' ? documentErrors.notPrinted() : fault
  }
}
