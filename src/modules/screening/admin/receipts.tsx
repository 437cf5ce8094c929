import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Receipt } from '../contract.ts'
import { compareWords } from './compare-words.ts'
import { useRuleNames } from './lead-parts.tsx'
import { wizardWords } from './wizard-words.ts'

/** One receipt per file: what it was, what for, and when it was destroyed. */
export function Receipts({ receipts }: { receipts: readonly Receipt[] }) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
  const names = useRuleNames()
  const sayDestroyed = ({ destroyedAt, destroyedBy, destroyDueAt }: Receipt) => {
    if (destroyedAt !== null) return destroyedBy === null ? destroyedAt : w('destroyedBy', { at: destroyedAt, name: destroyedBy })
    return destroyDueAt === null ? t('notHeld') : w('dueAt', { at: destroyDueAt })
  }
  const remainsOf = ({ remains, rows }: Receipt) => [
    ...(remains.matchedRows === 0 ? [] : [w('remainsMatched', { n: remains.matchedRows })]),
    ...(remains.waitingRows === 0 ? [] : [w('remainsWaiting', { n: remains.waitingRows })]),
    ...(rows === 0 ? [] : [w('remainsHashes')]),
  ]
  const sayNote = (note: string) => {
    const [, code = '', what = ''] = /^([a-z-]+)(?:: (.*))?$/.exec(note) ?? []
    const key = `note.${code}`
    return key in compareWords ? t(key as keyof typeof compareWords, { what }) : note // Safe: it was just asked
  }
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('file')}</th>
            <th scope="col">{t('list')}</th>
            <th scope="col">{t('sender')}</th>
            <th scope="col">{t('purpose')}</th>
            <th scope="col" className="bf-number">
              {t('rows')}
            </th>
            <th scope="col">{t('hash')}</th>
            <th scope="col">{t('received')}</th>
            <th scope="col">{t('destroyed')}</th>
            <th scope="col">{w('remains')}</th>
          </tr>
        </thead>
        <tbody>
          {receipts.map((receipt) => (
            <tr key={receipt.receiptId}>
              <td>
                {receipt.fileName}
                {receipt.fields.length === 0 ? null : (
                  <span className="bf-source">{w('fields', { labels: receipt.fields.join('、') })}</span>
                )}
                {receipt.notes.map((note) => (
                  <span key={note} className="bf-source">
                    {sayNote(note)}
                  </span>
                ))}
              </td>
              <td>{receipt.list === null ? t('kindNone') : names.list(receipt.list)}</td>
              <td>{receipt.sender}</td>
              <td>
                {receipt.purpose}
                <span className="bf-source">
                  {receipt.sharingItem} · {receipt.legalBasis}
                  {receipt.expiresOn === null ? '' : ` · ${w('validUntil', { day: receipt.expiresOn })}`}
                </span>
              </td>
              <td className="bf-number">
                {receipt.rows.toLocaleString('en')}
                {receipt.leftOut === 0 ? null : (
                  <span className="bf-source">
                    {w('leftOut')} {receipt.leftOut}
                  </span>
                )}
              </td>
              <td className="bf-figures" title={receipt.fileHash}>
                {receipt.fileHash.slice(0, 12)}
              </td>
              <td className="bf-figures">{receipt.receivedAt}</td>
              <td className="bf-figures">{sayDestroyed(receipt)}</td>
              <td>
                {remainsOf(receipt).map((what) => (
                  <span key={what} className="bf-source">
                    {what}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
