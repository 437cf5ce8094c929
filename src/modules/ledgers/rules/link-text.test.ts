import { expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { mayBeSame, readLinkText, splitGroup } from './link-text.ts'

const first17 = '99030119700115001'
const idNumber = `${first17}${checkCharacterOf(first17) ?? ''}`

it.each([
  [idNumber, { idNumber }],
  [`柳一 ${idNumber}`, { name: '柳一', idNumber }],
  ['柳一（荷坪村3组）', { name: '柳一', place: '荷坪村3组' }],
  ['菱塘镇荷坪村 柳一', { name: '柳一', place: '菱塘镇荷坪村' }],
  ['柳一（户主荷二）', { name: '柳一', headName: '荷二' }],
  ['柳一／9903010000000012', { name: '柳一', number: '9903010000000012' }],
  ['柳一 990301********0013', { name: '柳一', masked: '990301********0013' }],
  ['柳一户 荷坪村', { name: '柳一', place: '荷坪村' }],
  ['柳二 柳一户', { name: '柳二', headName: '柳一' }],
  ['阿依古丽·买买提', { name: '阿依古丽·买买提' }],
])('reads %s', (text, read) => {
  expect(readLinkText(text)).toEqual(read)
})

it('tells the group from the village, and compares what two hidden numbers show', () => {
  expect(splitGroup('菱塘镇荷坪村3组')).toEqual({ place: '菱塘镇荷坪村', group: '3组' })
  expect(splitGroup('荷坪村')).toEqual({ place: '荷坪村', group: '' })
  expect(mayBeSame('990301********0013', '9903**********0013')).toBe(true)
  expect(mayBeSame('990301********0013', '990301********0021')).toBe(false)
})
