// Makes the register and the lists of the compare bench in a process of its own: see compare.ts.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeNumber } from '../../src/modules/screening/rules/id-cell.ts'
import { writeIndexFile } from '../../src/modules/screening/server/index-file.ts'
import { fullSoundTables } from '../../src/modules/screening/server/sound-of.ts'
import { makeGbEncoder, makeRegister, writeList } from './compare-data.ts'

const [, , folder = '', rowCount = '', personCount = ''] = process.argv
const sounds = fullSoundTables()
const start = performance.now()
const { index, sample } = makeRegister(Number(personCount))
const builtMs = performance.now() - start
writeIndexFile(join(folder, 'register.index'), { index, sounds }, Buffer.alloc(32, 7))
const rows = Number(rowCount)
const utf8 = new TextEncoder()
await writeList(join(folder, 'utf8.csv'), { rows, sample, month: 1, encode: (text) => utf8.encode(text) })
await writeList(join(folder, 'next.csv'), { rows, sample, month: 2, encode: (text) => utf8.encode(text) })
await writeList(join(folder, 'gb.csv'), { rows, sample, month: 1, encode: makeGbEncoder() })
let text = 'id,name,household\n'
for (let person = 0; person < index.persons; person += 1)
  text += `${writeNumber(index.idHigh[person] ?? 0, index.idLow[person] ?? 0)},${person},${index.householdOf[person]}\n`
writeFileSync(join(folder, 'register.csv'), text)
process.stdout.write(`${JSON.stringify({ builtMs, megabytes: index.memory.byteLength / 1048576 })}\n`)
