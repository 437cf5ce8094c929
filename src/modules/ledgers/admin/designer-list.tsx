import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { bothWords } from './designer-choices.ts'
import { changeList } from './designer-draft.ts'
import { TextPart } from './designer-field-more.tsx'
import type { PartProps } from './designer-part.ts'
import { fitsList } from './designer-kinds.ts'
import { RoleChecks } from './designer-roles.tsx'
import { CheckList } from './designer-check-list.tsx'
import { designerWords } from './designer-words.ts'

/** What the list, the board, the calendar, the statistics and the print show. */
export function ListPart({ draft, change }: PartProps) {
  const t = useT(designerWords)
  const language = useLanguage()
  const named = (kinds?: readonly string[]) =>
    draft.fields
      .filter((field) => (kinds === undefined ? fitsList(field) : kinds.includes(field.kind) && draft.list.offered.includes(field.key)))
      .map((field) => ({ key: field.key, name: field.name[language] }))
  const inOrder = (keys: readonly string[]) => draft.fields.map((field) => field.key).filter((key) => keys.includes(key))
  const own = [
    { key: 'state', name: t('byState') },
    { key: 'township', name: t('level.township') },
    { key: 'village', name: t('level.village') },
  ]
  const { list, print } = draft
  return (
    <>
      <CheckList
        legend={t('listColumns')}
        choices={named()}
        chosen={list.columns}
        change={(keys) => keys.length > 0 && change((before) => changeList(before, { columns: inOrder(keys).slice(0, 24) }))}
      />
      <div className="ledger-pair">
        <Choose
          label={t('board')}
          value={list.board ?? ''}
          choices={[{ key: 'state', name: t('byState') }, ...named(['choice', 'yes-no'])]}
          change={(board) => change((before) => changeList(before, { board }))}
        />
        <Choose
          label={t('calendarField')}
          value={list.calendar ?? ''}
          choices={named(['date'])}
          change={(calendar) => change((before) => changeList(before, { calendar }))}
        />
      </div>
      <CheckList
        legend={t('groups')}
        choices={[...own, ...named(['choice', 'yes-no'])]}
        chosen={list.groups ?? []}
        change={(groups) => change((before) => changeList(before, { groups: groups.slice(0, 6) }))}
      />
      {named(['number', 'money']).length === 0 ? null : (
        <CheckList
          legend={t('sums')}
          choices={named(['number', 'money'])}
          chosen={list.sums ?? []}
          change={(sums) => change((before) => changeList(before, { sums: sums.slice(0, 6) }))}
        />
      )}
      <TextPart
        label={t('printTitle')}
        value={print.title.zh}
        change={(zh) => change((before) => ({ ...before, print: { ...before.print, title: bothWords(zh) } }))}
      />
      <CheckList
        legend={t('printList')}
        choices={named()}
        chosen={print.list}
        change={(keys) =>
          keys.length > 0 && change((before) => ({ ...before, print: { ...before.print, list: inOrder(keys).slice(0, 16) } }))
        }
      />
      <TextPart
        label={t('signatures')}
        value={(print.signatures ?? []).map((one) => one.zh).join('、')}
        most={200}
        change={(text) => {
          const signatures = text
            .split(/[、,，]/)
            .map((one) => one.trim())
            .filter((one) => one !== '')
            .slice(0, 6)
            .map((zh) => bothWords(zh.slice(0, 60)))
          change((before) => ({ ...before, print: { ...before.print, signatures } }))
        }}
      />
    </>
  )
}

function Choose(props: {
  label: string
  value: string
  choices: readonly { key: string; name: string }[]
  change: (key: string | undefined) => void
}) {
  const { label, value, choices, change } = props
  const t = useT(designerWords)
  return (
    <Labelled label={label}>
      {(control) => (
        <select
          {...control}
          className="bf-input"
          value={value}
          onChange={(event) => change(event.target.value === '' ? undefined : event.target.value)}
        >
          <option value="">{t('none')}</option>
          {choices.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

/** Who reads, who writes, and whether it is closed by default. */
export function AccessPart({ draft, change }: PartProps) {
  const t = useT(designerWords)
  const { access } = draft
  const put = (next: typeof access) => change((before) => ({ ...before, access: next }))
  const { closed: _closed, ...opened } = access
  return (
    <>
      <TextPart label={t('name')} value={draft.name.zh} change={(zh) => change((before) => ({ ...before, name: bothWords(zh) }))} />
      <TextPart
        label={t('help')}
        value={draft.help?.zh ?? ''}
        most={400}
        change={(zh) => change(({ help: _help, ...before }) => (zh === '' ? before : { ...before, help: bothWords(zh) }))}
      />
      <RoleChecks
        legend={t('read')}
        chosen={access.read}
        change={(read) => read.length > 0 && put({ ...access, read, write: access.write.filter((role) => read.includes(role)) })}
      />
      <RoleChecks
        legend={t('write')}
        chosen={access.write}
        change={(write) => write.length > 0 && put({ ...access, write, read: [...new Set([...access.read, ...write])] })}
      />
      <label className="bf-check">
        <input
          type="checkbox"
          checked={access.closed === true}
          onChange={(event) => put(event.target.checked ? { ...access, closed: true } : opened)}
        />
        {t('closed')}
      </label>
    </>
  )
}
