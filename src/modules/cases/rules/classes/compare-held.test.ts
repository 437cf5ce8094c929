import { describe, expect, it } from 'vitest'
import { compareHeld, outcomeText, type Compared, type Held } from './compare-held.ts'

const asOf = '2024-03-01'
const now = { areaPath: '99.', outcome: outcomeText(['第一层', '第二类'], true), reason: 'a 1;2' }
const held: Held = { ...now, validFrom: '2024-01-01' }
const judge = (before: Held | undefined) => {
  const counts: Compared = { added: 0, changed: 0, renewed: 0, still: 0 }
  return { step: compareHeld(before, now, { asOf, counts }), ...counts }
}

describe('what a run writes', () => {
  it('writes nothing where nothing differs, and only the place where only the place does', () => {
    expect(judge(held)).toMatchObject({ step: 'none', still: 1 })
    expect(judge({ ...held, areaPath: '98.' })).toMatchObject({ step: 'move', still: 1 })
  })

  it('begins a row for a household that is new, judged otherwise, or judged by another version', () => {
    expect(judge(undefined)).toMatchObject({ step: 'begin', added: 1 })
    expect(judge({ ...held, outcome: outcomeText(['第二层', '第二类'], true) })).toMatchObject({ step: 'begin', changed: 1 })
    expect(judge({ ...held, outcome: outcomeText(['第一层', '第二类'], false) })).toMatchObject({ step: 'begin', changed: 1 })
    expect(judge({ ...held, reason: 'b 1;2' })).toMatchObject({ step: 'begin', renewed: 1 })
  })

  it('writes a row of the same day anew instead of a second one', () => {
    expect(judge({ ...held, validFrom: asOf, outcome: outcomeText([null, '第二类'], true) })).toMatchObject({ step: 'mend', changed: 1 })
  })
})
