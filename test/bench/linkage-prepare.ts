// Writes the register in which the linkage bench looks for duplicates, with those that were planted. See linkage.ts.
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { randomFrom } from '../../src/modules/demo/rules/random.ts'
import { makeLinkRegister, type LinkPerson } from './linkage-data.ts'
import { learnCharacters, nameDirts, numberDirts } from './linkage-dirt.ts'

const [, , folder = '', count = ''] = process.argv
const random = randomFrom('register with duplicates')
const persons = makeLinkRegister(random, Math.floor(Number(count) * 0.985))
learnCharacters(persons.slice(0, 50_000).map((person) => person.name))
const stream = createWriteStream(join(folder, 'register.tsv'))
const truth = createWriteStream(join(folder, 'truth.tsv'))
let next = persons.length

async function write(person: LinkPerson): Promise<void> {
  const { at, household, name, idNumber, bornOn, sex, phone, township, village, group } = person
  if (!stream.write(`${[at, household, name, idNumber, bornOn, sex, phone, township, village, group].join('\t')}\n`))
    await once(stream, 'drain')
}

/** The same person once more: with a mistake, in the household or, married or moved, in another. */
function again(person: LinkPerson): LinkPerson {
  const numberKind = random.pick(Object.keys(numberDirts).filter((kind) => kind !== "head's number"))
  const nameKind = random.chance(0.4) ? random.pick(Object.keys(nameDirts)) : 'right'
  const home = random.chance(0.4) ? person : (persons[random.below(persons.length)] ?? person)
  return {
    ...person,
    at: next,
    household: home.household,
    township: home.township,
    village: home.village,
    group: home.group,
    phone: random.chance(0.6) ? person.phone : '',
    idNumber: numberDirts[numberKind]?.(random, person, person) ?? person.idNumber,
    name: nameDirts[nameKind]?.(random, person.name) ?? person.name,
  }
}

for (const person of persons) {
  const dirt = random.next()
  const spoilt = dirt < 0.05 ? '' : dirt < 0.06 ? (numberDirts['one digit']?.(random, person, person) ?? '') : person.idNumber
  await write({ ...person, idNumber: spoilt })
  if (!random.chance(0.01)) continue
  truth.write(`${person.at}\t${next}\n`)
  await write(again(person))
  next += 1
}
// A bad day: thousands under one name, one day of birth and one telephone.
for (let at = 0; next < Number(count); at += 1) {
  const place = persons[at % persons.length] ?? persons[0]
  if (place === undefined) break
  await write({ ...place, at: next, household: 10_000_000 + at, name: '张三', idNumber: '', bornOn: '1900-01-01', phone: '15400000000' })
  next += 1
}
for (const file of [stream, truth]) {
  file.end()
  await once(file, 'finish')
}
