import { describe, expect, it } from 'vitest'
import { BatchState } from '../contract.ts'
import { importSteps, isOutdated, openSteps, stepBeside, stepOf } from './import-steps.ts'

const columns = [{ column: 0, label: '姓名', key: 'name', how: 'label' }]

describe('the steps of the import', () => {
  it('have at least one to show in every state of a batch', () => {
    for (const state of BatchState.options) expect(openSteps({ state, columns: [] }).length, state).toBeGreaterThan(0)
  })

  it('follow the order of the wizard in every state', () => {
    for (const state of BatchState.options) {
      const at = openSteps({ state, columns }).map((step) => importSteps.indexOf(step))
      expect(at, state).toEqual(at.toSorted((one, other) => one - other))
    }
  })

  it('show the step of the address while it is open', () => {
    expect(stepOf({ state: 'staged', columns }, 'trial')).toBe('trial')
  })

  it('lead to the result once the batch is applied, whatever an old address says', () => {
    expect(stepOf({ state: 'applied', columns }, 'run')).toBe('result')
    expect(stepOf({ state: 'undone', columns }, undefined)).toBe('result')
  })

  it('begin with the columns when a file has been checked', () => {
    expect(stepOf({ state: 'staged', columns }, undefined)).toBe('columns')
    expect(stepBeside({ state: 'staged', columns }, 'columns', -1)).toBeUndefined()
    expect(stepBeside({ state: 'staged', columns }, 'columns', 1)).toBe('check')
    expect(stepBeside({ state: 'staged', columns }, 'run', 1)).toBeUndefined()
  })

  it('stay at the file when nothing of it was understood', () => {
    expect(stepOf({ state: 'refused', columns: [] }, 'trial')).toBe('file')
  })

  it('know that differences no longer hold once another batch was applied or undone', () => {
    const mine = { state: 'staged', stagedAt: '2026-11-22T01:00:00.000Z', appliedAt: undefined, undoneAt: undefined } as const
    const other = { state: 'applied', stagedAt: undefined, appliedAt: '2026-11-22T00:59:00.000Z', undoneAt: undefined } as const
    expect(isOutdated(mine, [mine, other])).toBe(false)
    expect(isOutdated(mine, [mine, { ...other, appliedAt: '2026-11-22T01:00:01.000Z' }])).toBe(true)
    expect(isOutdated(mine, [mine, { ...other, undoneAt: '2026-11-22T01:00:01.000Z' }])).toBe(true)
    expect(isOutdated({ ...mine, state: 'discarded' }, [{ ...other, appliedAt: '2026-11-22T01:00:01.000Z' }])).toBe(false)
  })
})
