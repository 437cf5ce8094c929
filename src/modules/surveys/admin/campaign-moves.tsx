import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import { moveCampaign } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

const targets = { open: 'open', close: 'closed', cancel: 'cancelled' } as const
type Move = keyof typeof targets

/** Opening, closing and cancelling a campaign, each asked for once more. */
export function CampaignMoves({ campaign }: { campaign: CampaignRecord }) {
  const t = useT(surveyWords)
  const [move, setMove] = useState<Move>()
  const moves = (['cancel', 'close', 'open'] as const).filter((one) => campaign.can[one])
  // Closing early and cancelling are acts that somebody will ask about.
  const needsReason = move === 'cancel'
  const confirm = async (reason: string) => {
    if (move === undefined) return
    await moveCampaign(campaign.campaignId, { revision: campaign.revision, to: targets[move], ...(reason === '' ? {} : { reason }) })
  }
  return (
    <>
      {moves.map((one) => (
        <Button key={one} type={one === 'open' ? 'primary' : 'default'} danger={one === 'cancel'} onClick={() => setMove(one)}>
          {t(one)}
        </Button>
      ))}
      <ConfirmDialog
        key={move ?? ''}
        isOpen={move !== undefined}
        close={() => setMove(undefined)}
        title={move === undefined ? '' : t(move)}
        confirmText={move === undefined ? '' : t(move)}
        isDangerous={move === 'cancel'}
        {...(move === 'open' ? {} : { reason: { label: t('reason'), minLength: needsReason ? 4 : 0 } })}
        confirm={confirm}
      >
        <p>{move === undefined ? '' : t(`${move}Ask`)}</p>
      </ConfirmDialog>
    </>
  )
}
