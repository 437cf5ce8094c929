import { Timeline } from '#ui/data/timeline.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { RecordEvent, RecordRecord } from '../rules/records.ts'
import { ledgerWords } from './ledger-words.ts'
import { levelOf } from './list-columns.tsx'
import { textOf } from './value-text.ts'

/** What happened to a record, newest first: who, when, which state, and what stood there before. */
export function RecordHistory({ record }: { record: RecordRecord }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const { template } = record
  const stateName = (key: string | undefined) => template.states.find((one) => one.key === key)?.name[language] ?? key ?? ''
  const title = ({ act, move, into }: RecordEvent) => {
    const key = `act.${act}`
    const name = template.moves?.find((one) => one.key === move)?.name[language]
    const known = key in ledgerWords ? t(key as keyof typeof ledgerWords) : act // safe: just looked up
    return name === undefined ? known : `${name} → ${stateName(into)}`
  }
  const before = (event: RecordEvent) =>
    Object.entries(event.before).flatMap(([key, value]) => {
      const field = template.fields.find((one) => one.key === key)
      const text = field === undefined ? (typeof value === 'string' ? value : '') : textOf(field, value, language)
      return [`${field?.name[language] ?? key} ${text === '' ? '—' : text}`]
    })
  const made = record.history.some(({ act }) => act === 'made')
    ? []
    : [{ key: 'made', at: minuteOf(record.madeAt), title: `${t('act.made')} · ${record.madeName}` }]
  const entries = [...record.history]
    .sort((one, other) => other.seq - one.seq)
    .map((event) => ({
      key: String(event.seq),
      at: minuteOf(event.at),
      title: `${title(event)} · ${event.byName}`,
      note:
        [event.reason ?? '', before(event).length === 0 ? '' : t('before', { text: before(event).join('；') })]
          .filter((part) => part !== '')
          .join(' · ') || undefined,
      level: levelOf(template.states.find((one) => one.key === event.into)?.tone),
    }))
  return <Timeline label={t('timeline')} entries={[...entries, ...made]} />
}

/** A moment as people in the county read it. */
function minuteOf(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
