import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IndicatorsOfArea } from '../contract.ts'
import { FigureText, useOwnerName } from './figure-text.tsx'
import { indicatorWords } from './indicator-words.ts'

/** The figures of a village that say something, worked out when they are asked for: all modules count, which takes longer than a page. */
export function VillageFigures({ areaPath }: { areaPath: string }) {
  const t = useT(indicatorWords)
  const say = useSay()
  const ownerOf = useOwnerName()
  const [isOpen, setOpen] = useState(false)
  const figures = useQuery({
    queryKey: ['indicators', 'figures', '', areaPath],
    queryFn: () => read<IndicatorsOfArea>('/indicators/figures', { area: areaPath }),
    enabled: isOpen,
  })
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t('showFigures')}</Button>
  return (
    <Loaded query={figures} lines={5}>
      {({ indicators }) => {
        const told = indicators.filter(({ value }) => value !== null && Number(value) !== 0)
        if (told.length === 0) return <p className="bf-quiet">{t('noFigures')}</p>
        return (
          <>
            <ScrollBox>
              <table className="bf-table">
                <thead>
                  <tr>
                    <th scope="col">{t('indicator')}</th>
                    <th scope="col" className="bf-number">
                      {t('value')}
                    </th>
                    <th scope="col">{t('owner')}</th>
                  </tr>
                </thead>
                <tbody>
                  {told.map((one) => (
                    <tr key={one.key}>
                      <th scope="row">
                        <PageLink to={`/indicators/${one.key}`} search={{ area: areaPath }}>
                          {say(one.name)}
                        </PageLink>
                      </th>
                      <td className="bf-number">
                        <FigureText figure={one} unit={one.unit} />
                      </td>
                      <td>{ownerOf(one.key)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
            <PageLink to="/indicators" search={{ area: areaPath }}>
              {t('allFigures')}
            </PageLink>
          </>
        )
      }}
    </Loaded>
  )
}
