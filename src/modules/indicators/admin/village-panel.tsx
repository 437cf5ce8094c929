import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first village that is opened, not with the app.
const Figures = lazy(() => import('./village-figures.tsx').then((part) => ({ default: part.VillageFigures })))

/** The figures of a village, for the slot of its page. */
export function VillageFiguresPanel({ areaPath }: { areaPath: string }) {
  return (
    <Suspense fallback={<Skeleton lines={1} />}>
      <Figures areaPath={areaPath} />
    </Suspense>
  )
}
