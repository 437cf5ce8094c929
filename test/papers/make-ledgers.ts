// Writes the shipped papers of the ledgers: `node test/papers/make-ledgers.ts`. The files are committed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { ledgerList, ledgerSheet } from './ledger-shapes.ts'
import { writeDocx } from './write-docx.ts'

const folder = new URL('../../src/modules/ledgers/policy/papers/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('sheet.docx', folder), await writeDocx(ledgerSheet, {}, 'form'))
writeFileSync(new URL('list.docx', folder), await writeDocx(ledgerList, {}, 'wide'))
