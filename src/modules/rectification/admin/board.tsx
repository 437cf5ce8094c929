import { useState } from 'react'
import { Button, Modal } from 'antd'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ActedOnProblems, ProblemCard } from '../rules/problem-records.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import { actionWords, stateWords } from '../rules/problem-words.ts'
import { ActForm, ActOutcome } from './act-form.tsx'
import { forwardOf } from './actions.ts'
import { aboutOf, ProblemDue, ProblemTags } from './problem-parts.tsx'
import { queryOf, useBoard, type LedgerFilter } from './queries.ts'
import { screenWords } from './screen-words.ts'

/** The board: a column for each state, the same rows as the ledger; a card is moved by its button, never by dragging alone. */
export function Board({ filter }: { filter: LedgerFilter }) {
  const say = useSay()
  const board = useBoard(filter)
  const [acting, setActing] = useState<{ card: ProblemCard; action: ActWords['action'] }>()
  const [outcome, setOutcome] = useState<{ acted: ActedOnProblems; cards: ProblemCard[] }>()
  return (
    <>
      {outcome === undefined ? null : <ActOutcome {...outcome} />}
      <Loaded query={board} lines={8}>
        {({ columns }) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a board that is wider than the page must be moved by the arrows
          <div className="rect-board" tabIndex={0} role="group" aria-label={say(boardName)}>
            {columns.map(({ state, n, cards }) => (
              <section key={state} className="rect-board-column" aria-label={say(stateWords[state])}>
                <h2>
                  {say(stateWords[state])}{' '}
                  <PageLink to="/rectification/problems" search={{ ...queryOf(filter), state }}>
                    <span className="bf-figures">{n}</span>
                  </PageLink>
                </h2>
                <ul>
                  {cards.map((card) => (
                    <BoardCard key={card.problemId} card={card} act={(action) => setActing({ card, action })} />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )}
      </Loaded>
      {acting === undefined ? null : (
        <Modal open onCancel={() => setActing(undefined)} title={acting.card.description.slice(0, 40)} footer={null} width="36rem">
          <ActForm
            cards={[acting.card]}
            action={acting.action}
            close={() => setActing(undefined)}
            done={(acted) => {
              setOutcome({ acted, cards: [acting.card] })
              setActing(undefined)
            }}
          />
        </Modal>
      )}
    </>
  )
}

const boardName = { zh: '看板', en: 'Board' }

function BoardCard({ card, act }: { card: ProblemCard; act: (action: ActWords['action']) => void }) {
  const t = useT(screenWords)
  const say = useSay()
  const forward = forwardOf(card)
  const standing = card.standing === 'overdue' || card.standing === 'soon' ? ` rect-card-${card.standing}` : ''
  return (
    <li className={`rect-card${standing}`}>
      <PageLink to={`/rectification/problems/${card.problemId}`}>{card.description}</PageLink>
      <p className="bf-quiet">{[aboutOf(card), card.unitName ?? ''].filter((part) => part !== '').join(' · ')}</p>
      <p>
        <ProblemDue card={card} />
      </p>
      {card.leaderName === null && card.returns === 0 && card.reopened === 0 ? null : (
        <p>
          <ProblemTags card={card} />
        </p>
      )}
      {forward === undefined ? null : (
        <p>
          <Button size="small" onClick={() => act(forward)} aria-label={`${say(actionWords[forward])} ${t('no')} ${card.problemNo}`}>
            {say(actionWords[forward])}
          </Button>
        </p>
      )}
    </li>
  )
}
