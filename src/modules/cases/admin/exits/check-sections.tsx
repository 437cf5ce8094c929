import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useT } from '#ui/words/use-t.ts'
import { checkScreenWords } from './check-screen-words.ts'
import { exitScreenWords } from './exit-screen-words.ts'

// Loaded with the first case whose step asks for them.
const Check = lazy(() => import('./check-panel.tsx').then((part) => ({ default: part.CheckPanel })))
const Gate = lazy(() => import('./exit-gate-panel.tsx').then((part) => ({ default: part.ExitGatePanel })))

/** The department check on the page of a case, for who may read it. */
export function CheckSection({ caseId }: { caseId: string }) {
  const t = useT(checkScreenWords)
  return useMay('cases.check:read') ? (
    <Section title={t('title')}>
      <Suspense fallback={<Skeleton lines={4} />}>
        <Check caseId={caseId} />
      </Suspense>
    </Section>
  ) : null
}

/** The gate of elimination on the page of a case. */
export function ExitGateSection({ caseId }: { caseId: string }) {
  const t = useT(exitScreenWords)
  return (
    <Section title={t('title')}>
      <Suspense fallback={<Skeleton lines={5} />}>
        <Gate caseId={caseId} />
      </Suspense>
    </Section>
  )
}
