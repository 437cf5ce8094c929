import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ApiError } from '#kernel/browser/api/index.ts'
import { AreaSelect, useAreas } from '#modules/identity/admin/index.ts'
import { readPaste } from '#ui/data/sheet-moves.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useSayError, useT } from '#ui/words/use-t.ts'
import { readPastedIntakes, type PasteArea, type PastedIntake } from '../../rules/intake/intake-paste.ts'
import type { EnterIntake } from '../../rules/intake/intake-requests.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { enteredChannels } from './intake-form.tsx'
import { enterIntakes, type EnteredRow } from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

const rowsAtOnce = 200

/** Many at once, pasted from Excel: read by their heads, looked at, entered row by row. */
export function IntakePaste() {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const areas = useAreas().data ?? []
  const names = new Map(areas.map((area) => [area.path, area.name]))
  const [defaults, setDefaults] = useState<{ channel: EnterIntake['channel']; areaPath: string; sender: string }>({
    channel: 'hotline',
    areaPath: '',
    sender: '',
  })
  const [pasted, setPasted] = useState<string[][]>()
  const places = areas.flatMap(({ path, name, level, parentPath }): PasteArea[] =>
    level === 'village' || level === 'township' ? [{ path, name, level, township: names.get(parentPath) ?? '' }] : [],
  )
  const only = places.length === 1 ? (places[0]?.path ?? '') : ''
  const areaPath = defaults.areaPath === '' ? only : defaults.areaPath
  const rows = pasted === undefined ? undefined : readPastedIntakes(pasted, { areas: places, defaults: { ...defaults, areaPath } })
  return (
    <>
      <Section title={t('defaults')}>
        <div className="bf-filters">
          <Field label={t('channel')}>
            {(control) => (
              <Select
                {...control}
                value={defaults.channel}
                onChange={(channel) => setDefaults({ ...defaults, channel })}
                options={enteredChannels.map((key) => ({ value: key, label: say(intakeWords[`channel.${key}`]) }))}
              />
            )}
          </Field>
          <Field label={t('senderField')} hint={t('senderHint')}>
            {(control) => (
              <Input
                {...control}
                maxLength={40}
                value={defaults.sender}
                onChange={(event) => setDefaults({ ...defaults, sender: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('area')}>
            {(control) => <AreaSelect {...control} value={areaPath} onChange={(areaPath) => setDefaults({ ...defaults, areaPath })} />}
          </Field>
        </div>
      </Section>
      {pasted === undefined ? <PasteBox take={(text) => setPasted(readPaste(text))} /> : null}
      {pasted !== undefined && rows === undefined ? (
        <>
          <Notice kind="warning">{t('noHead')}</Notice>
          <PasteBox take={(text) => setPasted(readPaste(text))} />
        </>
      ) : null}
      {rows === undefined ? null : <PastedRows key={JSON.stringify(pasted)} rows={rows} names={names} again={() => setPasted(undefined)} />}
    </>
  )
}

function PasteBox({ take }: { take: (text: string) => void }) {
  const t = useT(intakeScreenWords)
  return (
    <Section>
      <Field label={t('paste')} hint={t('pasteHint')}>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={4}
            value=""
            onChange={(event) => take(event.target.value)}
            onPaste={(event) => {
              event.preventDefault()
              take(event.clipboardData.getData('text/plain'))
            }}
          />
        )}
      </Field>
    </Section>
  )
}

/** The rows that were read, what is wrong with some, and what became of each after they were entered. */
function PastedRows({ rows, names, again }: { rows: readonly PastedIntake[]; names: ReadonlyMap<string, string>; again: () => void }) {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const sayError = useSayError()
  const [outcome, setOutcome] = useState<ReadonlyMap<number, EnteredRow>>()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const ready = rows.flatMap((row) => (row.given === undefined ? [] : [{ line: row.line, given: row.given }]))
  const enter = async () => {
    setBusy(true)
    const found = new Map<number, EnteredRow>()
    try {
      for (let at = 0; at < ready.length; at += rowsAtOnce) {
        const part = ready.slice(at, at + rowsAtOnce)
        const { items } = await enterIntakes(part.map((row) => row.given))
        for (const [index, item] of items.entries()) found.set(part[index]?.line ?? 0, item)
      }
      setError(undefined)
    } catch (fault) {
      setError(fault)
    }
    setOutcome(found)
    setBusy(false)
  }
  const results = [...(outcome?.values() ?? [])]
  const done = results.filter((one) => 'intakeId' in one)
  const textOf = ({ line, problem }: PastedIntake) => {
    const result = outcome?.get(line)
    if (problem !== undefined) return t(`bad.${problem}`)
    if (result === undefined) return t('rowOk')
    return 'intakeId' in result ? result.receiptNo : sayError(new ApiError(result.code, 422, result.details))
  }
  return (
    <>
      <Section>
        {outcome === undefined ? (
          <p>{t('rowsRead', { n: rows.length, bad: rows.length - ready.length })}</p>
        ) : (
          <Notice kind={done.length === rows.length ? 'success' : 'warning'}>
            {t('rowsDone', { done: done.length, joined: done.filter((one) => one.isJoined).length, refused: rows.length - done.length })}
          </Notice>
        )}
        <Problem error={error} />
        <div className="bf-scroll">
          <table className="bf-table" aria-label={t('many')}>
            <thead>
              <tr>
                <th scope="col">{t('rowNo')}</th>
                <th scope="col">{t('who')}</th>
                <th scope="col">{t('channel')}</th>
                <th scope="col">{t('place')}</th>
                <th scope="col">{t('result')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line}>
                  <td className="bf-figures">{row.line}</td>
                  <td>{row.name}</td>
                  <td>{row.given === undefined ? '—' : say(intakeWords[`channel.${row.given.channel}`])}</td>
                  <td>{row.given === undefined ? '—' : (names.get(row.given.areaPath) ?? '—')}</td>
                  <td>{textOf(row)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <div className="bf-page-actions">
        <Button onClick={again}>{t('pasteAgain')}</Button>
        {outcome === undefined ? (
          <Button type="primary" disabled={ready.length === 0} loading={isBusy} onClick={() => void enter()}>
            {t('enterRows', { n: ready.length })}
          </Button>
        ) : null}
      </div>
    </>
  )
}
