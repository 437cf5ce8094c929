import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import { idRegions } from '../../src/modules/demo/policy/places.ts'
import type { Random } from '../../src/modules/demo/rules/random.ts'

/** Somebody invented; the region of the number was never assigned, telephones begin with 154 or 164. */
export interface Somebody {
  name: string
  id: string
  sex: string
  bornOn: string
  phone: string
  township: string
  village: string
  group: string
}

export const townships = ['芦渡镇', '桐坪乡', '槐洲街道', '岚坳苗族乡'] as const
const villages = ['上麦村', '稻香村', '橘井社区', '雁回村', '星垂村', '菱角塘村'] as const
const surnames = ['陈', '李', '王', '张', '刘', '杨', '黄', '周', '吴', '欧阳', '石', '龙', '罗', '谭', '尹', '邓']
const given = ['麦穗', '禾', '清泉', '月桂', '德厚', '春生', '满秀', '家兴', '玉梅', '冬至', '小满', '长庚', '云', '石生', '秋菊', '有田']

/** Draws somebody; `age` is the range of years in 2026. */
export function drawSomebody(random: Random, age: readonly [number, number] = [19, 84]): Somebody {
  const year = 2026 - random.between(age[0], age[1])
  const bornOn = `${year}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`
  const isMan = random.chance(0.5)
  const order = random.between(10, 98) * 10 + random.below(5) * 2 + (isMan ? 1 : 0)
  const first17 = `${random.pick(idRegions)}${bornOn.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return {
    name: random.pick(surnames) + random.pick(given),
    id: first17 + checkCharacterOf(first17),
    sex: isMan ? '男' : '女',
    bornOn,
    phone: `${random.pick(['154', '164'])}${random.between(10_000_000, 99_999_999)}`,
    township: random.pick(townships),
    village: random.pick(villages),
    group: `${random.between(1, 9)}组`,
  }
}

/** Two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0')
}
