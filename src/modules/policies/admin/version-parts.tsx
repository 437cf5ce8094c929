import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { VersionCard, VersionState } from '../contract.ts'
import { policyWords } from './policy-words.ts'

const levels = {
  draft: 'amber',
  submitted: 'amber',
  published: 'green',
  replaced: 'grey',
  returned: 'red',
  discarded: 'grey',
} as const satisfies Record<VersionState, Level>

/** Where a version stands, in a word. */
export function VersionTag({ version }: { version: Pick<VersionCard, 'state'> }) {
  const t = useT(policyWords)
  return <StatusTag level={levels[version.state]} text={t(`state.${version.state}`)} />
}

/** From when until when a version counts. */
export function useDaysOf(): (version: Pick<VersionCard, 'effectiveFrom' | 'effectiveTo'>) => string {
  const t = useT(policyWords)
  return ({ effectiveFrom, effectiveTo }) =>
    effectiveTo === null ? t('sinceDay', { day: effectiveFrom }) : t('fromTo', { from: effectiveFrom, to: effectiveTo })
}

/** 文号 and title in one line; '' where there are none. */
export function documentOf({ documentNo, documentTitle }: Pick<VersionCard, 'documentNo' | 'documentTitle'>): string {
  return [documentNo, documentTitle].filter((one) => one !== '').join(' ')
}
