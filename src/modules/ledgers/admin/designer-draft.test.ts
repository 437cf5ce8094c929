import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldKinds, Template } from '../rules/template.ts'
import { mergeChoices, readChoices } from './designer-choices.ts'
import { addField, blankDraft, changeField, moveField, removeField, type Draft } from './designer-draft.ts'
import { renameIn } from './designer-rename.ts'
import { flowKeys } from './designer-flows.ts'
import { assignKeys } from '../rules/assign-keys.ts'
import { checkTemplate } from '../rules/check-template.ts'
import { mostOffered, offeredGroup } from './designer-kinds.ts'

const blank = () => blankDraft({ key: 'own.trial', name: '试用台账', readers: ['township-officer'] })

describe('a template under way', () => {
  it.each(flowKeys)('can be published as soon as it has a name, whatever way its records go (%s)', (flow) => {
    const draft = blankDraft({ key: 'own.trial', name: '试用台账', flow, readers: ['township-officer'] })
    expect(Template.safeParse(draft).success).toBe(true)
    expect(checkTemplate(draft, assignKeys(draft), ['township-officer'])).toEqual([])
  })

  it('stays a template through any additions, changes of kind, moves and removals', () => {
    const step = fc.record({
      act: fc.constantFrom('add', 'kind', 'up', 'down', 'remove'),
      kind: fc.constantFrom(...fieldKinds),
      at: fc.nat(20),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let draft: Draft = blank()
        let count = 0
        for (const { act, kind, at } of steps) {
          const key = draft.fields[at % draft.fields.length]?.key ?? ''
          if (act === 'add') draft = addField(draft, { kind, name: `字段${(count += 1)}` })
          else if (act === 'kind') draft = changeField(draft, key, { kind })
          else if (act === 'remove') draft = removeField(draft, key)
          else draft = moveField(draft, key, act === 'up' ? -1 : 1)
        }
        const keys = new Set(draft.fields.map((field) => field.key))
        expect(Template.safeParse(draft).error).toBeUndefined()
        expect(keys.size).toBe(draft.fields.length)
        // What is left to mend is what only the designer's user knows: which choices, which ledger, what names a record.
        const open = checkTemplate(draft, assignKeys(draft), ['township-officer']).filter(
          ({ said }) => !/没有选项|没有写明关联|不能作标题/.test(said.zh),
        )
        expect(open).toEqual([])
        for (const named of [...draft.list.columns, ...draft.list.offered, ...draft.print.sheet, ...draft.print.list, draft.title])
          expect(keys).toContain(named)
        for (const group of ['text', 'number', 'day'] as const) {
          const offered = draft.fields.filter((field) => draft.list.offered.includes(field.key) && offeredGroup(field) === group)
          expect(offered.length).toBeLessThanOrEqual(mostOffered(group))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives the key of a removed field to no other one', () => {
    const two = addField(blank(), { kind: 'number', name: '面积' })
    const without = removeField(two, 'f2')
    expect(addField(without, { kind: 'date', name: '日期' }, ['f2']).fields.map((field) => field.key)).toEqual(['f1', 'f3'])
  })

  it('says what records are about by its links', () => {
    const about = addField(addField(blank(), { kind: 'area', name: '村' }), { kind: 'household', name: '户' })
    expect(about.about).toBe('household')
    expect(removeField(about, 'f3').about).toBe('area')
  })

  it('follows a new name into the formulas, but not into longer names or texts', () => {
    const first = addField(blank(), { kind: 'number', name: '数量' })
    const sum = addField(first, {
      kind: 'money',
      name: '金额',
      rest: { computed: '数量 * 2 + 总数量 + (数量)', visibleWhen: '名称 != "数量"' },
    })
    const renamed = changeField(sum, 'f2', { name: { zh: '只数', en: '只数' } })
    expect(renamed.fields[2]?.computed).toBe('只数 * 2 + 总数量 + (只数)')
    expect(renamed.fields[2]?.visibleWhen).toBe('名称 != "数量"')
    expect(renameIn('数量>=1', '数量', '头数')).toBe('头数>=1')
  })

  it('reads choices pasted from a column, a row or a sentence, each once', () => {
    expect(readChoices('甲\n乙\n\n甲').map((one) => one.key)).toEqual(['甲', '乙'])
    expect(readChoices('甲\t乙').map((one) => one.key)).toEqual(['甲', '乙'])
    expect(readChoices('甲、乙，丙').map((one) => one.key)).toEqual(['甲', '乙', '丙'])
    expect(mergeChoices([{ key: 'old', name: { zh: '甲', en: 'A' } }], '乙\n甲')).toEqual([
      { key: '乙', name: { zh: '乙', en: '乙' } },
      { key: 'old', name: { zh: '甲', en: 'A' } },
    ])
  })
})
