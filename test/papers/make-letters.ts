// Writes the shipped letter of assignment: `node test/papers/make-letters.ts`. The file is committed; letter-paper.test.ts compares.
import { mkdirSync, writeFileSync } from 'node:fs'
import { letterOfAssignment } from './letter-shape.ts'
import { writeDocx } from './write-docx.ts'

const folder = new URL('../../src/modules/rectification/policy/papers/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('letter.docx', folder), await writeDocx(letterOfAssignment, {}, 'letter'))
