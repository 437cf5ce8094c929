import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { VisitVillages } from '../rules/lead-records.ts'
import { useMonthName } from './lead-parts.tsx'
import { visitWords } from './visit-words.ts'

const choiceSearch = { month: searchText }

/** Which village's visit list: the villages with households to visit, in the order of their codes. */
export function VisitChoicePage() {
  const t = useT(visitWords)
  const monthName = useMonthName()
  const [{ month }, setSearch] = usePageSearch(choiceSearch)
  const villages = useQuery({
    queryKey: ['screening', 'visit-villages', month],
    queryFn: () => read<VisitVillages>('/screening/visit-villages', { month }),
  })
  return (
    <PageFrame title={t('choiceTitle')} note={t('choiceNote')}>
      <Loaded query={villages}>
        {(found) =>
          found.items.length === 0 ? (
            <EmptyFace todo={t('choiceEmpty')} />
          ) : (
            <>
              <div className="bf-filters">
                <Field label={t('month')}>
                  {(control) => (
                    <Select
                      {...control}
                      value={found.month}
                      onChange={(value) => setSearch({ month: value })}
                      options={found.months.map((one) => ({ value: one, label: monthName(one) }))}
                    />
                  )}
                </Field>
              </div>
              <VillageTable found={found} />
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function VillageTable({ found }: { found: VisitVillages }) {
  const t = useT(visitWords)
  const { month } = found
  return (
    <div className="bf-list bf-scroll">
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('village')}</th>
            <th scope="col">{t('township')}</th>
            <th scope="col" className="bf-number">
              {t('households')}
            </th>
            <th scope="col" className="bf-number">
              {t('overdue')}
            </th>
            <th scope="col">{t('open')}</th>
          </tr>
        </thead>
        <tbody>
          {found.items.map((one) => (
            <tr key={one.area}>
              <td>{one.village}</td>
              <td>{one.township}</td>
              <td className="bf-number">
                <PageLink to="/screening/visit-list" search={{ area: one.area, month }}>
                  {one.leads}
                </PageLink>
              </td>
              <td className="bf-number">
                {one.overdue === 0 ? (
                  '0'
                ) : (
                  <PageLink to="/screening/leads" search={{ view: 'overdue', under: one.area, month }}>
                    ▲ {one.overdue}
                  </PageLink>
                )}
              </td>
              <td>
                <PageLink to="/screening/visit-list" search={{ area: one.area, month }}>
                  {t('open')}
                </PageLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
