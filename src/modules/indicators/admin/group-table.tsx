import { Button, Table } from 'antd'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { GroupFigure, IndicatorOfArea } from '../contract.ts'
import { FigureText } from './figure-text.tsx'
import { indicatorWords } from './indicator-words.ts'

/** The groups of a number with the line of the whole; pressing one shows its names, or goes into the place. */
export function GroupTable({ found, by, choose }: { found: IndicatorOfArea; by: string; choose: (group: string) => void }) {
  const t = useT(indicatorWords)
  const say = useSay()
  const { groups, indicator, addsUp } = found
  if (groups === null) return null
  return (
    <Section>
      <Table<GroupFigure>
        size="small"
        pagination={groups.length > 50 ? { pageSize: 50 } : false}
        rowKey={(row) => row.group}
        dataSource={[...groups]}
        columns={[
          {
            key: 'group',
            title: t('group'),
            render: (_value, row) =>
              row.group === '' && !by.startsWith('by:') ? (
                t('without')
              ) : (
                <Button type="link" size="small" onClick={() => choose(row.group === '' ? '-' : row.group)}>
                  {row.group === '' ? t('without') : say(row.name)}
                </Button>
              ),
          },
          { key: 'value', title: t('value'), align: 'right', render: (_value, row) => <FigureText figure={row} unit={indicator.unit} /> },
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0}>{t('whole')}</Table.Summary.Cell>
            <Table.Summary.Cell index={1} align="right">
              <FigureText figure={indicator} unit={indicator.unit} />
            </Table.Summary.Cell>
          </Table.Summary.Row>
        )}
      />
      {addsUp === null ? null : addsUp ? <p className="bf-hint">{t('adds')}</p> : <Notice kind="warning">{t('addsNot')}</Notice>}
    </Section>
  )
}
