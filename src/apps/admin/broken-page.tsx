import { PageLink } from '#ui/plug/page-link.tsx'
import { EmptyFace, FailedFace } from '#ui/feedback/faces.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'

/** A page that failed to load or to draw. */
export function BrokenPage({ error }: { error: unknown }) {
  return (
    <div className="bf-main">
      <FailedFace error={error} retry={() => window.location.reload()} />
    </div>
  )
}

/** An address that leads nowhere. */
export function MissingPage() {
  const t = useT(uiWords)
  return (
    <div className="bf-main">
      <EmptyFace title={t('pageMissingTitle')} todo={t('pageMissingTodo')} action={<PageLink to="/">{t('group.work')}</PageLink>} />
    </div>
  )
}
