import { useQueryClient } from '@tanstack/react-query'
import { write } from '#kernel/browser/api/index.ts'
import { SendDialog, type SendPreview } from '#ui/feedback/send-dialog.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { SendFindings } from '../contract.ts'
import type { SentFindings } from '../rules/worklist-records.ts'
import { qualityWords } from './quality-words.ts'

export type FindingChoice = Pick<SendFindings, 'findingIds' | 'filter'>

const isKnown = (key: string): key is keyof typeof qualityWords => key in qualityWords

/** Sends findings to their villages, after a look at who gets how many. */
export function SendFindingsDialog({ choice, sent, close }: { choice: FindingChoice; sent: () => void; close: () => void }) {
  const t = useT(qualityWords)
  const queries = useQueryClient()
  const say = (reason: string, key: string) => (isKnown(key) ? t(key) : reason)
  const texts = {
    title: t('sendTitle'),
    due: (day: string) => t('sendDue', { day }),
    count: t('sendCount'),
    instead: t('sendFalls'),
    none: t('sendNone'),
    refused: (n: number) => t('sendRefused', { n }),
    reason: (reason: string) => say(reason, `reason.${reason}`),
  }
  const send = async (how: { isDryRun: boolean; note?: string }): Promise<SendPreview> => {
    const found = await write<SentFindings>('POST', '/quality/findings/send', { ...choice, ...how } satisfies SendFindings)
    return { ...found, receivers: found.receivers.map((one) => ({ ...one, key: one.areaPath, isInstead: one.fallsToTownship })) }
  }
  const finish = () => {
    sent()
    void queries.invalidateQueries({ queryKey: ['quality'] }) // lists and counts are read again
    void queries.invalidateQueries({ queryKey: ['today'] })
  }
  return <SendDialog queryKey={['quality', choice]} send={send} texts={texts} sent={finish} close={close} />
}
