import { expect, it } from 'vitest'
import { paperKinds } from './paper-kinds.ts'
import { readWholePapers } from './paper-numbers.ts'

it('lets policy name papers that stay within the offices, and no public one', () => {
  expect(readWholePapers([])).toEqual([])
  expect(readWholePapers(['申请及承诺授权书', '审核表', '信息采集表'])).toEqual(['application', 'review', 'collection'])
  for (const { zh } of [paperKinds.notice, paperKinds.minutes, paperKinds.card, paperKinds.answer, paperKinds.decision])
    expect(() => readWholePapers([zh])).toThrow(zh)
  expect(() => readWholePapers(['申请表'])).toThrow('申请表')
  expect(() => readWholePapers(null)).toThrow()
})
