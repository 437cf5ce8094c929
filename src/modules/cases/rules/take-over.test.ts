import { expect, it } from 'vitest'
import { judgeTakeOver, type MonitoredHousehold } from './take-over.ts'

const monitored: MonitoredHousehold = {
  state: '未消除',
  kind: '边缘易致贫户',
  mainRisk: '因病',
  identifiedOn: '2023-03-31',
  eliminatedOn: null,
  monthsSinceElimination: null,
  noLabour: false,
  measures: ['健康帮扶'],
}
const judge = (changed: Partial<MonitoredHousehold>) => judgeTakeOver({ ...monitored, ...changed }, { stableMonths: 6 })?.step

it('tracks those with a risk and follows up those eliminated a short while ago', () => {
  expect(judge({})).toBe('tracking')
  const eliminated = { state: '已消除', eliminatedOn: '2023-09-30' } as const
  expect(judge({ ...eliminated, monthsSinceElimination: 5 })).toBe('follow-up')
  expect(judge({ ...eliminated, monthsSinceElimination: 6 })).toBeUndefined()
})

it('takes nobody over of whom the register does not say enough, or what contradicts itself', () => {
  expect(judge({ state: '未纳入' })).toBeUndefined()
  expect(judge({ state: null })).toBeUndefined()
  expect(judge({ identifiedOn: null })).toBeUndefined()
  expect(judge({ kind: null })).toBeUndefined()
  expect(judge({ state: '已消除', eliminatedOn: '2022-01-31', monthsSinceElimination: 1 })).toBeUndefined()
})
