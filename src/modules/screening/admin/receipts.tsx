import { useT } from '#ui/words/use-t.ts'
import type { Receipt } from '../contract.ts'
import { compareWords } from './compare-words.ts'
import { useRuleNames } from './lead-parts.tsx'

/** One receipt per file: what it was, what for, and when it was destroyed. */
export function Receipts({ receipts }: { receipts: readonly Receipt[] }) {
  const t = useT(compareWords)
  const names = useRuleNames()
  const sayNote = (note: string) => {
    const [, code = '', what = ''] = /^([a-z-]+)(?:: (.*))?$/.exec(note) ?? []
    const key = `note.${code}`
    return key in compareWords ? t(key as keyof typeof compareWords, { what }) : note // Safe: it was just asked
  }
  return (
    <div className="bf-scroll">
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
          </tr>
        </thead>
        <tbody>
          {receipts.map((receipt) => (
            <tr key={receipt.receiptId}>
              <td>
                {receipt.fileName}
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
                <span className="bf-source">{receipt.legalBasis}</span>
              </td>
              <td className="bf-number">{receipt.rows.toLocaleString('en')}</td>
              <td className="bf-figures" title={receipt.fileHash}>
                {receipt.fileHash.slice(0, 12)}
              </td>
              <td className="bf-figures">{receipt.receivedAt}</td>
              <td className="bf-figures">{receipt.destroyedAt ?? t('notHeld')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
