import { useQuery } from '@tanstack/react-query'
import { Timeline } from '#ui/data/timeline.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { RecordEvent, RecordRecord } from '../rules/records.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import type { Field } from '../rules/template.ts'
import { readTemplate } from './designer-calls.ts'
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
  const gone = useGoneFields(record)
  const before = (event: RecordEvent) =>
    Object.entries(event.before).flatMap(([key, value]) => {
      const field = template.fields.find((one) => one.key === key) ?? gone.data?.[key]
      const text = field === undefined ? (typeof value === 'string' ? value : '') : textOf(field, value, language)
      // A file that was added stood nowhere before; what was computed says nothing new.
      if (text === '' && (event.act === 'attach' || (field !== undefined && isWorkedOut(field)))) return []
      return [`${field?.name[language] ?? key} ${text === '' ? '—' : text}`]
    })
  const made = record.history.some(({ act }) => act === 'make')
    ? []
    : [{ key: 'made', at: minuteOf(record.madeAt), title: `${t('act.make')} · ${record.madeName}` }]
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

/** Fields of earlier versions whose values only the history still holds. */
function useGoneFields(record: RecordRecord) {
  const { template, history } = record
  const known = new Set(template.fields.map((field) => field.key))
  const wanted = [...new Set(history.flatMap((event) => Object.keys(event.before)))].filter((key) => !known.has(key))
  return useQuery({
    queryKey: ['ledgers', 'gone-fields', template.key, wanted],
    queryFn: () => findGoneFields(template.key, wanted),
    enabled: wanted.length > 0,
  })
}

const mostVersions = 10

async function findGoneFields(templateKey: string, wanted: readonly string[]): Promise<Readonly<Record<string, Field>>> {
  const { versions } = await readTemplate(templateKey)
  const found: Record<string, Field> = {}
  for (const { version } of [...versions].reverse().slice(0, mostVersions)) {
    if (wanted.every((key) => found[key] !== undefined)) break
    const { template } = await readTemplate(templateKey, version)
    for (const field of template.fields) if (wanted.includes(field.key)) found[field.key] ??= field
  }
  return found
}

/** A moment as people in the county read it. */
function minuteOf(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
