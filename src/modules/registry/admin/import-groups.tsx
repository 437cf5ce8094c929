import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { sayImportProblem } from '../rules/say-problem.ts'
import type { ProblemGroup } from '../rules/import-records.ts'
import { ReplaceDialog } from './import-replace.tsx'
import { importMendWords } from './import-mend-words.ts'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'

interface GroupsProps {
  batch: ImportBatch
  groups: readonly ProblemGroup[]
  chosen: ProblemGroup | undefined
  choose: (group: ProblemGroup | undefined) => void
}

const shownAtFirst = 6

/** What is wrong how often; one kind of problem is looked at by itself, or mended wherever it stands. */
export function ProblemGroups({ batch, groups, chosen, choose }: GroupsProps) {
  const t = useT(importMendWords)
  const say = useT(importScreenWords)
  const language = useLanguage()
  const [isLong, setLong] = useState(false)
  const [replaced, setReplaced] = useState<ProblemGroup>()
  const shown = isLong ? groups : groups.slice(0, shownAtFirst)
  return (
    <>
      <ScrollBox>
        <table className="bf-table" aria-label={t('groups')}>
          <thead>
            <tr>
              <th scope="col">{say('problemReason')}</th>
              <th scope="col">{say('problemEffect')}</th>
              <th scope="col" className="bf-number">
                {t('rows')}
              </th>
              <th scope="col">{t('what')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => {
              const sentence = sayImportProblem({ ...group, details: {} }, language)
              const isChosen = group === chosen
              return (
                <tr key={`${group.column ?? ''} ${group.reason} ${group.severity}`}>
                  <td>{sentence}</td>
                  <td>
                    <StatusTag level={group.severity === 'refused' ? 'red' : 'amber'} text={say(`severity.${group.severity}`)} />
                  </td>
                  <td className="bf-number">{showCount(group.rows)}</td>
                  <td>
                    <span className="bf-row">
                      <Button
                        size="small"
                        aria-pressed={isChosen}
                        type={isChosen ? 'primary' : 'default'}
                        aria-label={isChosen ? t('allProblems') : t('onlyTheseOf', { problem: sentence })}
                        onClick={() => choose(isChosen ? undefined : group)}
                      >
                        {isChosen ? t('allProblems') : t('onlyThese')}
                      </Button>
                      {batch.can.fix && group.column !== undefined && group.values.some(({ value }) => value !== '') ? (
                        <Button size="small" aria-label={t('replaceOf', { label: group.label ?? '' })} onClick={() => setReplaced(group)}>
                          {t('replace')}
                        </Button>
                      ) : null}
                    </span>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollBox>
      {groups.length > shownAtFirst ? (
        <button type="button" className="bf-link" onClick={() => setLong(!isLong)}>
          {isLong ? t('fewerGroups') : t('moreGroups', { n: groups.length - shownAtFirst })}
        </button>
      ) : null}
      {replaced === undefined ? null : <ReplaceDialog batch={batch} group={replaced} close={() => setReplaced(undefined)} />}
    </>
  )
}
