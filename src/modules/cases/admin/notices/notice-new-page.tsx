import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { noticeKinds } from '../../rules/notices/notice-fields.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { AreaFilter } from '../case-filters.tsx'
import { NoticeForm } from './notice-form.tsx'
import { useCandidates, useVillages } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'
import { NoticeStyles } from './notice-styles.tsx'

const newSearch = { area: searchText, kind: searchOneOf(noticeKinds) }

/** Drafts a notice of one village. */
export function NoticeNewPage() {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const go = useGo()
  const [search, setSearch] = usePageSearch(newSearch)
  const kind = search.kind ?? 'identification'
  const villages = (useVillages().data?.items ?? []).filter(({ level }) => level === 'village')
  const only = villages.length === 1 ? (villages[0]?.path ?? '') : ''
  const area = search.area === '' ? only : search.area
  const isVillage = villages.some(({ path }) => path === area)
  const candidates = useCandidates(isVillage ? area : '', kind)
  return (
    <PageFrame title={t('newTitle')} note={t('newNote')}>
      <NoticeStyles />
      <ChoiceChips
        label={t('kind')}
        chosen={kind}
        choose={(next) => setSearch({ kind: next })}
        choices={noticeKinds.map((key) => ({ key, label: say(noticeStateWords[key]) }))}
      />
      <div className="bf-filters">
        <AreaFilter area={area} change={(next) => setSearch({ area: next })} />
      </div>
      {isVillage ? (
        <Loaded query={candidates} lines={6}>
          {(found) => (
            <NoticeForm key={`${area} ${kind}`} areaPath={area} kind={kind} candidates={found} done={(id) => go(`/cases/notices/${id}`)} />
          )}
        </Loaded>
      ) : (
        <Notice kind="info">{t('chooseVillage')}</Notice>
      )}
    </PageFrame>
  )
}
