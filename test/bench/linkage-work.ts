// The measured process of the duplicates bench: reads the register line by line, packs it, finds duplicates. See linkage.ts.
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { linkagePolicy } from '../../src/modules/registry/rules/index.ts'
import { packRegister } from '../../src/modules/registry/rules/duplicate-pack.ts'
import { findDuplicates } from '../../src/modules/registry/rules/find-duplicates.ts'
import { makeSyllableOf } from '../../src/modules/registry/server/duplicates-read.ts'

const [, , folder = '', persons = ''] = process.argv
const sure = linkagePolicy.thresholds.match
const idOf = (at: string) => `00000000-0000-7000-8000-${at.padStart(12, '0')}`
const start = performance.now()
const pack = packRegister(Number(persons))
for await (const line of createInterface({ input: createReadStream(join(folder, 'register.tsv')) })) {
  const [at = '', household = '', name = '', idNumber = '', bornOn = '', sex = '', phone = '', township = '', village = '', group = ''] =
    line.split('\t')
  const place = { township, village, group }
  pack.add({
    personId: idOf(at),
    householdId: household,
    name,
    idNumber,
    bornOn,
    sex: sex === 'male' ? 'male' : 'female',
    phones: [phone],
    place,
  })
}
const register = pack.finish()
const packedMs = performance.now() - start
const found = findDuplicates(register, { syllableOf: makeSyllableOf() })
const foundMs = performance.now() - start - packedMs
const planted = new Set(
  readFileSync(join(folder, 'truth.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t').map(idOf).sort().join(' ')),
)
const hits = found.pairs.filter((pair) => planted.has([...pair.personIds].sort().join(' ')))
process.stdout.write(
  `${JSON.stringify({
    persons: register.persons,
    packedMs,
    foundMs,
    cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    planted: planted.size,
    hits: hits.length,
    pairs: found.pairs.length,
    found: found.found,
    compared: found.compared,
    cut: found.cut.map(({ kind, persons: size }) => `${kind} ${size}`).slice(0, 12),
    cutBlocks: found.cut.length,
    sure: found.pairs.filter((pair) => pair.score >= sure).length,
    sureHits: hits.filter((pair) => pair.score >= sure).length,
  })}\n`,
)
