import { write } from '#kernel/browser/api/index.ts'
import { SendDialog, type SendPreview } from '#ui/feedback/send-dialog.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { SendLeads } from '../contract.ts'
import type { SentLeads } from '../rules/lead-records.ts'
import { leadScreenWords } from './lead-screen-words.ts'

export type LeadChoice = Pick<SendLeads, 'leadIds' | 'filter'>

/** Sends leads to their villages, after a look at who gets how many. */
export function SendLeadsDialog({ choice, sent, close }: { choice: LeadChoice; sent: () => void; close: () => void }) {
  const t = useT(leadScreenWords)
  const refusals = useRefusalTexts()
  const texts = {
    title: t('sendTitle'),
    due: (day: string) => t('sendDue', { day }),
    count: t('sendCount'),
    instead: t('sendFalls'),
    none: t('sendNone'),
    ...refusals,
  }
  const send = async (how: { isDryRun: boolean; note?: string }): Promise<SendPreview> => {
    const found = await write<SentLeads>('POST', '/screening/leads/send', { ...choice, ...how } satisfies SendLeads)
    return { ...found, receivers: found.receivers.map((one) => ({ ...one, key: one.areaPath, isInstead: one.fallsToTownship })) }
  }
  return <SendDialog queryKey={['screening', choice]} send={send} texts={texts} sent={sent} close={close} />
}

const isKnown = (key: string): key is keyof typeof leadScreenWords => key in leadScreenWords

/** How refusals of leads are said. */
export function useRefusalTexts(): { refused: (n: number) => string; reason: (reason: string) => string } {
  const t = useT(leadScreenWords)
  const say = (reason: string, key: string) => (isKnown(key) ? t(key) : reason)
  return { refused: (n) => t('sendRefused', { n }), reason: (reason) => say(reason, `reason.${reason}`) }
}
