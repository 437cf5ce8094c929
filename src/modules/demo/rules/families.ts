import type { Random } from './random.ts'

/** A place in a family before it has a name. `bloodline` members usually carry the head's surname. */
export interface Member {
  relation: string
  sex: 'male' | 'female'
  bornIn: number
  bloodline: boolean
}

type Sex = Member['sex']

/** A family of the wanted size: head first, then spouse, children, parents, daughter-in-law, grandchildren. */
export function makeFamily(random: Random, size: number, year: number): Member[] {
  const headAge = size === 1 ? random.between(48, 84) : size === 2 && random.chance(0.6) ? random.between(58, 80) : random.between(28, 66)
  const headSex: Sex = random.chance(size === 1 ? 0.7 : 0.86) ? 'male' : 'female'
  const head: Member = { relation: '户主', sex: headSex, bornIn: year - headAge, bloodline: true }
  const family = [head]
  if (size > 1 && random.chance(size === 2 ? 0.8 : 0.92)) {
    const born = head.bornIn + random.between(-3, 5) * (headSex === 'male' ? 1 : -1)
    family.push({ relation: '配偶', sex: headSex === 'male' ? 'female' : 'male', bornIn: born, bloodline: false })
  }
  for (const next of order(random, head, year)) {
    if (family.length >= size) break
    family.push(next)
  }
  while (family.length < size) family.push(child(random, head, year))
  return family
}

function order(random: Random, head: Member, year: number): Member[] {
  const age = year - head.bornIn
  const parents: Member[] = []
  if (age < 62 && random.chance(0.45))
    parents.push({ relation: '之父', sex: 'male', bornIn: head.bornIn - random.between(21, 30), bloodline: true })
  if (age < 62 && random.chance(0.5))
    parents.push({ relation: '之母', sex: 'female', bornIn: head.bornIn - random.between(19, 28), bloodline: false })
  const alive = parents.filter((parent) => year - parent.bornIn < 96)
  const first = child(random, head, year)
  if (age < 48) return [first, child(random, head, year), ...alive]
  const son: Member = { relation: '之子', sex: 'male', bornIn: head.bornIn + random.between(21, 27), bloodline: true }
  if (year - son.bornIn < 23) return [son, child(random, head, year), ...alive]
  const wife: Member = { relation: '之儿媳', sex: 'female', bornIn: son.bornIn + random.between(-2, 4), bloodline: false }
  return [son, wife, grandchild(random, son, year), grandchild(random, son, year), ...alive]
}

function child(random: Random, head: Member, year: number): Member {
  const sex: Sex = random.chance(0.53) ? 'male' : 'female'
  return {
    relation: sex === 'male' ? '之子' : '之女',
    sex,
    bornIn: Math.min(year - 1, head.bornIn + random.between(20, 38)),
    bloodline: true,
  }
}

function grandchild(random: Random, son: Member, year: number): Member {
  const sex: Sex = random.chance(0.53) ? 'male' : 'female'
  return {
    relation: sex === 'male' ? '之孙子' : '之孙女',
    sex,
    bornIn: Math.min(year - 1, son.bornIn + random.between(21, 32)),
    bloodline: true,
  }
}
