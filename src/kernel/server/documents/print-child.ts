// What the child does that prints: Typst sets the layout. See print-document.ts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { answerParent } from '#kernel/server/programs/answer-parent.ts'
import { documentErrors } from './errors.ts'
import type { Layout } from './layout.ts'

interface Asked {
  readonly layout: Layout
  readonly title: string
  readonly folders: string[]
  readonly families: object
}

/** Answers the PDF in base64 and the number of its pages. */
export async function begin({ layout, title, folders, families }: Asked): Promise<void> {
  await answerParent(async () => {
    // Its own folder: what a page could read there is its own source.
    const workspace = import.meta.dirname
    const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: folders }], workspace })
    compiler.mapShadow(join(workspace, 'layout.json'), Buffer.from(JSON.stringify({ ...layout, images: [] })))
    compiler.mapShadow(join(workspace, 'fonts.json'), Buffer.from(JSON.stringify(families)))
    for (const { name, base64 } of layout.images) compiler.mapShadow(join(workspace, name), Buffer.from(base64, 'base64'))
    const mainFileContent = readFileSync(new URL('./page.typ', import.meta.url), 'utf8')
    const set = compiler.compile({ mainFileContent, inputs: { title } })
    const document = set.result
    if (document === null)
      throw documentErrors.notPrinted({ reason: JSON.stringify(set.takeDiagnostics()?.shortDiagnostics ?? []).slice(0, 500) })
    return { pdf: compiler.pdf(document).toString('base64'), pages: document.numOfPages }
  })
}
