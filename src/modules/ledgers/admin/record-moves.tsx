import { Button } from 'antd'
import { useState } from 'react'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Book, RecordMove, RecordProblem, RecordRecord } from '../rules/records.ts'
import { ledgerWords } from './ledger-words.ts'
import { MoveDialog } from './record-move.tsx'

/** The moves of a record as buttons; why one is not possible stands below it. Deadlines stand with them. */
export function RecordMoves({ book, record }: { book: Book; record: RecordRecord }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const [asked, setAsked] = useState<string>()
  const moves = record.template.moves ?? []
  const move = moves.find((one) => one.key === asked)
  const blocked = record.moves.filter((one) => open(one).length > 0)
  return (
    <Section title={t('moves')}>
      {record.deadlines.map(({ key, name, on, isOverdue }) => (
        <p key={key} className={isOverdue ? 'bf-problem' : undefined}>
          {isOverdue ? '▲ ' : ''}
          {name[language]}：{t(isOverdue ? 'overdueOn' : 'dueOn', { day: on })}
        </p>
      ))}
      {record.moves.length === 0 ? <p className="bf-quiet">{t('noMoves')}</p> : null}
      <div className="ledger-moves">
        {record.moves.map((one, at) => (
          <Button key={one.key} type={at === 0 ? 'primary' : 'default'} disabled={open(one).length > 0} onClick={() => setAsked(one.key)}>
            {one.name[language]}
          </Button>
        ))}
      </div>
      {blocked.map((one) => (
        <div key={one.key} className="ledger-why">
          {t('notYet', { name: one.name[language] })}
          <ul className="bf-lines">
            {open(one).map(({ said }) => (
              <li key={said.zh}>{said[language]}</li>
            ))}
          </ul>
        </div>
      ))}
      {move === undefined ? null : (
        <MoveDialog
          templateKey={book.templateKey}
          template={record.template}
          record={record}
          move={move}
          close={() => setAsked(undefined)}
        />
      )}
    </Section>
  )
}

/** What stands against a move that its dialog cannot fill in: a reason and single fields can. */
function open({ missing }: RecordMove): readonly RecordProblem[] {
  return missing.filter(({ code }) => code !== 'no-reason' && code !== 'missing')
}
