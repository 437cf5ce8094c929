// Writes the shipped templates: `node test/papers/make-papers.ts`. The files are committed; papers.test.ts compares.
import { mkdirSync, writeFileSync } from 'node:fs'
import { letters, shapes } from './shapes.ts'
import { writeDocx } from './write-docx.ts'

const folder = new URL('../../src/modules/cases/policy/papers/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [kind, blocks] of Object.entries(shapes))
  writeFileSync(new URL(`${kind}.docx`, folder), await writeDocx(blocks, {}, letters.includes(kind) ? 'letter' : 'form'))
