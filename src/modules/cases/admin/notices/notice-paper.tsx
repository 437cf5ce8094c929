import { Notice } from '#ui/feedback/faces.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { NoticeFinding } from '../../rules/notices/notice-lint.ts'
import type { NoticePaper, NoticeRecord } from '../../rules/notices/notice-records.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

/** A notice just as it is printed: a Chinese paper, whatever the language of the screen. */
export function NoticePaperView({ paper, qr, day }: { paper: NoticePaper; qr: NoticeRecord['qr']; day?: string | null }) {
  const { title, body, note, columns, lines, closing, place, noticeNo } = paper
  return (
    <article className="notice-paper" lang="zh-CN" aria-label={title}>
      <h2>{title}</h2>
      <p>{body}</p>
      {note === '' ? null : <p>{note}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">序号</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no id on paper and never change their order
            <tr key={at}>
              <td>{at + 1}</td>
              {columns.map((column) => (
                <td key={column}>{line[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="notice-qr">
        <div>
          {closing.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
        {qr === null ? null : (
          <svg viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`} role="img" aria-label={qr.address} shapeRendering="crispEdges">
            <path d={qr.path} fill="#000" />
          </svg>
        )}
      </div>
      <p className="notice-sign">{place}村民委员会</p>
      <p className="notice-sign">{day === null || day === undefined ? '　　　　年　　月　　日' : sayDay(day)}</p>
      {noticeNo === '' ? null : <p className="notice-sign">公示编号 {noticeNo}</p>}
    </article>
  )
}

const sayDay = (day: string) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

/** What a scan found, with where it stands; numbers and names masked. */
export function Findings({ findings }: { findings: readonly NoticeFinding[] }) {
  const t = useT(noticeScreenWords)
  if (findings.length === 0) return <Notice kind="success">{t('clean')}</Notice>
  return (
    <Notice kind="error">
      {t('found', { n: findings.length })}
      <ul className="notice-findings">
        {findings.map((one) => (
          <li key={`${one.part} ${one.name} ${String(one.at)} ${one.kind}`}>
            {t('foundText', { where: t(`part.${one.part}`, { name: one.name }), what: t(`kind.${one.kind}`), shown: one.shown })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
