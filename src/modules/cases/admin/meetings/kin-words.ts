import { defineWords } from '#kernel/pure/words/index.ts'
import type { OwnRelation } from '../../rules/meetings/kin-relations.ts'

/** Texts of ties between households and of a user's own ones. */
export const kinWords = defineWords({
  menu: { zh: '我的亲属', en: 'My relatives' },
  title: { zh: '我的亲属（回避登记）', en: 'My relatives' },
  note: {
    zh: '登记您自己的户和近亲属的户。这些户、以及与它们隔两层以内的亲属户，您不能办理，也不能参加评议表决。',
    en: 'Name your own household and those of near relatives. You may not act on their cases, nor on those of households up to two ties away.',
  },
  add: { zh: '登记一户', en: 'Name a household' },
  household: { zh: '哪一户', en: 'Household' },
  relation: { zh: '这户是我的', en: 'It is' },
  save: { zh: '登记', en: 'Save' },
  mine: { zh: '已登记', en: 'Named' },
  none: { zh: '还没有登记。没有亲属在辖区的，不用填。', en: 'Nothing is named. If you have no relatives here, leave it so.' },
  since: { zh: '{day} 登记', en: 'named {day}' },
  elsewhere: { zh: '辖区外的户', en: 'a household outside your area' },
  near: { zh: '因此也要回避：', en: 'Hence also kept away from: ' },
  nearOne: { zh: '{name}（{path}）', en: '{name} ({path})' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
  withdrawOf: { zh: '撤销 {name}', en: 'Withdraw {name}' },
  withdrawAsk: {
    zh: '撤销后不再因这一户回避；撤销人和原因会留档。',
    en: 'You would not be kept away by it any more. Who withdrew it and why is kept.',
  },
  withdrawReason: { zh: '撤销原因', en: 'Reason' },
  otherHousehold: { zh: '换一户', en: 'Another household' },
  forUsers: { zh: '代干部登记', en: 'Name for somebody else' },
  forUsersNote: {
    zh: '干部本人没有登记、而单位知道的亲属户，由单位代登记，写明怎么知道的。代登记的，本人不能自行撤销。',
    en: 'Households that your office knows of and the person did not name. Say how it is known; the person cannot withdraw it.',
  },
  user: { zh: '哪位干部（姓名）', en: 'Who (name)' },
  userNone: { zh: '辖区内没有这位干部。', en: 'Nobody of that name within your area.' },
  otherUser: { zh: '换一位', en: 'Somebody else' },
  noneFor: { zh: '还没有登记。', en: 'Nothing is named.' },
  relationFor: { zh: '这户是这位干部的', en: 'To the person it is' },
  byOffice: { zh: '单位代登记', en: 'named by the office' },
  ties: { zh: '亲属户（回避用）', en: 'Kin' },
  tiesNone: { zh: '没有登记亲属户。', en: 'No kin are known.' },
  tie: { zh: '户主的{relation}', en: '{relation} of the head' },
  learnt: { zh: '由家庭变更得知', en: 'learnt from a household change' },
  addTie: { zh: '登记亲属户', en: 'Add kin' },
  other: { zh: '对方户', en: 'The other household' },
  otherIs: { zh: '对方户主是本户户主的', en: 'Its head is, to the head of this one,' },
  reason: { zh: '怎么知道的', en: 'How it is known' },
})

/** What a household is to the user who names it. */
export const ownRelationWords = defineWords({
  own: { zh: '本人的户', en: 'my own' },
  spouse: { zh: '配偶的户', en: 'my spouse’s' },
  parent: { zh: '父母的户', en: 'my parents’' },
  child: { zh: '子女的户', en: 'my child’s' },
  sibling: { zh: '兄弟姐妹的户', en: 'my brother’s or sister’s' },
  other: { zh: '其他近亲属或利害关系人的户', en: 'another near relative’s' },
} satisfies Record<OwnRelation, { zh: string; en: string }>)
