import { defineWords, type Language, type Words } from '#kernel/pure/words/index.ts'

/** What the head of one household is to the head of another. `split`, `married`: learnt from a household event. */
export const kinRelations = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'grandparent',
  'grandchild',
  'parent-in-law',
  'child-in-law',
  'uncle-aunt',
  'nephew-niece',
  'cousin',
  'in-law',
  'split',
  'married',
  'other',
] as const
export type KinRelation = (typeof kinRelations)[number]

/** Relations that a person states; the others are learnt. */
export const statedRelations = kinRelations.filter((relation) => relation !== 'split' && relation !== 'married')

/** How the same tie reads from the other side. */
export const inverseRelation = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  grandparent: 'grandchild',
  grandchild: 'grandparent',
  'parent-in-law': 'child-in-law',
  'child-in-law': 'parent-in-law',
  'uncle-aunt': 'nephew-niece',
  'nephew-niece': 'uncle-aunt',
  cousin: 'cousin',
  'in-law': 'in-law',
  split: 'split',
  married: 'married',
  other: 'other',
} as const satisfies Record<KinRelation, KinRelation>

/** Relations as people say them. */
export const kinRelationWords = defineWords({
  spouse: { zh: '配偶', en: 'spouse' },
  parent: { zh: '父母', en: 'parent' },
  child: { zh: '子女', en: 'child' },
  sibling: { zh: '兄弟姐妹', en: 'brother or sister' },
  grandparent: { zh: '祖父母', en: 'grandparent' },
  grandchild: { zh: '孙子女', en: 'grandchild' },
  'parent-in-law': { zh: '岳父母或公婆', en: 'parent-in-law' },
  'child-in-law': { zh: '女婿或儿媳', en: 'child-in-law' },
  'uncle-aunt': { zh: '叔伯姑舅姨', en: 'uncle or aunt' },
  'nephew-niece': { zh: '侄甥', en: 'nephew or niece' },
  cousin: { zh: '堂表亲', en: 'cousin' },
  'in-law': { zh: '姻亲', en: 'relation by marriage' },
  split: { zh: '分户前同户人', en: 'of the same household before a split' },
  married: { zh: '婚嫁亲家', en: 'family by a marriage' },
  other: { zh: '其他利害关系人', en: 'another interested person' },
} satisfies Record<KinRelation, Words>)

/** What a household is to a user who named it. */
export const ownRelations = ['own', 'spouse', 'parent', 'child', 'sibling', 'other'] as const
export type OwnRelation = (typeof ownRelations)[number]

const isKnown = (relation: string): relation is KinRelation => Object.keys(kinRelationWords).includes(relation)

/** A path of ties as a sentence names it: `户主的兄弟姐妹`, `户主的兄弟姐妹的子女`; of none, `本户人员`. */
export function sayKinPath(path: readonly string[], language: Language): string {
  if (path.length === 0) return language === 'zh' ? '本户人员' : 'of this household'
  const parts = path.map((relation) => (isKnown(relation) ? kinRelationWords[relation][language] : relation))
  if (language === 'zh') return ['户主', ...parts].join('的')
  return [...parts].reverse().concat('the head').join(' of ')
}
