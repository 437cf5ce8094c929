import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { lintNotice, type FindingKind } from './notice-lint.ts'
import type { LintTerms } from './notice-lint-terms.ts'

const terms: LintTerms = {
  phones: ['0739-7220001', '12317'],
  healthWords: ['癌', '糖尿病', '流产', 'HIV', '残疾'],
  harmless: ['一流产', '残疾人联合会'],
  otherWords: ['内部'],
  people: [
    { name: '测大山', isHead: true, bornOn: '1970-01-15' },
    { name: '测小雨', isHead: false, bornOn: '2015-10-20' },
    { name: '柳湾', isHead: false, bornOn: '1980-03-01' },
  ],
  showsNames: false,
  places: ['柳湾村', '菱塘镇'],
  today: '2023-12-18',
}
const kindsIn = (text: string, more: Partial<LintTerms> = {}): FindingKind[] =>
  lintNotice([{ part: 'note', name: '', text }], { ...terms, ...more }).map(({ kind }) => kind)
const withCheck = (body: string) => `${body}${checkCharacterOf(body) ?? ''}`
const id = withCheck('99030119680101004')
const idWithX =
  ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].map((one) => withCheck(`9903011968010100${one}`)).find((one) => one.endsWith('X')) ??
  ''

describe('a scan of a notice', () => {
  it.each([
    [id, 'id-number'],
    [`证件${id.slice(0, 6)} ${id.slice(6, 14)}-${id.slice(14)}号`, 'id-number'],
    [Array.from(id).join('·'), 'id-number'],
    [`（${idWithX.slice(0, 17)} ｘ）`, 'id-number'],
    [`990301680101004`, 'id-number'],
    [`${id}42`, 'disability-number'],
    ['990301********0040', 'id-number'],
    ['１５４００００２４１１', 'phone'],
    ['联系人一五四零零零零二四一一', 'phone'],
    ['l54 OOOO 2411', 'phone'],
    ['1️⃣5️⃣4️⃣0️⃣0️⃣0️⃣0️⃣2️⃣4️⃣1️⃣1️⃣', 'phone'],
    ['+86-154-0000-2411', 'phone'],
    ['8615400002411', 'phone'],
    ['（0739）7220002', 'phone'],
    ['电话7220002', 'phone'],
    ['6217 0000 0000 0000 012', 'bank-account'],
    ['账号 8101 23', 'bank-account'],
    ['8101000012345678', 'long-number'],
    ['身份证后四位0014', 'id-number'],
    ['患有肝 癌', 'health'],
    ['糖-尿-病', 'health'],
    ['HIV阳性', 'health'],
    ['（内部）', 'forbidden-word'],
    ['长女测小雨', 'minor-name'],
    ['小 雨', 'minor-name'],
    ['八岁', 'minor-age'],
    ['16周岁', 'minor-age'],
    ['2015年出生', 'minor-age'],
    ['生于2015年10月20日', 'birth-date'],
    ['户主测大山', 'head-name'],
    ['妻子柳湾', 'member-name'],
  ] as const)('finds in %s: %s', (text, kind) => expect(kindsIn(text)).toContain(kind))

  it.each([
    '公示时间：2023年12月18日至2023年12月23日，共5天。',
    '2023.12.18—2023.12.23，5天，每天9:00-17:30',
    '2023-12-18 09:30 至 2023-12-23 17:30',
    '监督电话：0739-7220001、12317、12345',
    '菱塘镇柳湾村村民委员会',
    '青农发〔2023〕12号文件第3条第2款',
    '16周岁以上劳动力人数',
    '一流产业，残疾人联合会',
    '二〇二三年十二月十八日',
    '本次公示35户128人，人均纯收入8500元',
    'archive',
  ])('finds nothing in %s', (text) => expect(kindsIn(text)).toEqual([]))

  it('says where and what without telling it', () => {
    const [found] = lintNotice([{ part: 'file-name', name: '图.jpg', text: `户${id}.jpg` }], terms)
    expect(found).toEqual({
      part: 'file-name',
      name: '图.jpg',
      kind: 'id-number',
      at: 1,
      length: 18,
      shown: `990301********${id.slice(14)}`,
    })
  })

  it('lets a head be called as the notice shows him', () => expect(kindsIn('户主测大山', { showsNames: true })).toEqual([]))

  it('passes over what programs write into files', () => {
    const hidden = (text: string) => lintNotice([{ part: 'hidden', name: '', text }], terms)
    expect(
      hidden("uuid:12345678-1234-1234-1234-123456789012 20231218T103000 D:20231218103000+08'00' 3f2504e04f8941d39a0c0305e82c3301"),
    ).toEqual([])
    expect(hidden(`xmp ${id}`)).toHaveLength(1)
  })
})
