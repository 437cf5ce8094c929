import { Button, Input } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IntakeFile } from '../../rules/intake/intake-records.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { useMatchText } from './intake-parts.tsx'
import { actOnIntake } from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

/** The household that is meant, beside what was said; where it is not sure, those that may be meant, and a search for another. */
export function IntakeHousehold({ intake, changed }: { intake: IntakeFile; changed: () => void }) {
  const t = useT(intakeScreenWords)
  const matchText = useMatchText()
  const [error, setError] = useState<unknown>()
  const { household, known, earlier, candidates, can } = intake
  const others = candidates.filter((one) => one.householdId !== household?.householdId)
  const choose = async (householdId: string) => {
    try {
      await actOnIntake(intake.intakeId, { revision: intake.revision, action: 'link', householdId })
      setError(undefined)
    } catch (fault) {
      setError(fault)
    }
    changed()
  }
  return (
    <Section title={t('household')}>
      {household === null ? <p>{matchText(intake)}</p> : null}
      {household === null || known === null ? null : (
        <>
          <p>
            <strong>{household.headName}</strong> · {known.place} ·{' '}
            {[known.type, known.monitorCategory].filter((one) => one !== null && one !== '').join('、')}
            <span className="bf-source">
              {matchText(intake)}
              {earlier.hasOpenLead ? ` · ${t('openLead')}` : null}
            </span>
            <PageLink to={`/registry/households/${household.householdId}`}>{t('openHousehold')}</PageLink>
          </p>
          <Members known={known} />
          {earlier.cases.length === 0 ? null : (
            <p>
              {t('cases')}：
              {earlier.cases.map((one) => (
                <span key={one.caseId}>
                  <PageLink to={`/cases/files/${one.caseId}`}>
                    {t(one.isOpen ? 'openCaseOf' : 'endedCaseOf', { no: one.caseNo })}
                  </PageLink>{' '}
                </span>
              ))}
            </p>
          )}
        </>
      )}
      {can.link && others.length > 0 ? (
        <>
          <h3>{t('candidates')}</h3>
          <Candidates rows={others} choose={choose} />
        </>
      ) : null}
      <Problem error={error} />
      {can.link ? <OtherSearch choose={choose} /> : null}
    </Section>
  )
}

function Members({ known }: { known: NonNullable<IntakeFile['known']> }) {
  const t = useT(intakeScreenWords)
  return (
    <table className="bf-table" aria-label={t('members')}>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('relation')}</th>
          <th scope="col" className="bf-number">
            {t('age')}
          </th>
          <th scope="col">{t('phone')}</th>
        </tr>
      </thead>
      <tbody>
        {known.members.map((member, index) => (
          <tr key={`${member.name}${String(index)}`}>
            <td>{member.name}</td>
            <td>{member.relation ?? '—'}</td>
            <td className="bf-number">{member.age ?? '—'}</td>
            <td className="bf-figures">{member.phoneMasked ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Choosable {
  readonly householdId: string
  readonly householdNo: string
  readonly headName: string | null
  readonly personName: string | null
  readonly township: string
  readonly village: string
  readonly way?: IntakeFile['candidates'][number]['way']
}

function Candidates({ rows, choose }: { rows: readonly Choosable[]; choose: (householdId: string) => Promise<void> }) {
  const t = useT(intakeScreenWords)
  const say = useSay()
  return (
    <ul className="intake-candidates">
      {rows.map((one) => (
        <li key={one.householdId}>
          <span>
            <PageLink to={`/registry/households/${one.householdId}`}>{one.headName ?? one.householdNo}</PageLink>
            {one.personName === null || one.personName === one.headName ? null : ` · ${one.personName}`}
            <span className="bf-source">
              {one.township} {one.village}
              {one.way === undefined ? null : ` · ${say(intakeWords[`way.${one.way}`])}`}
            </span>
          </span>
          <Button aria-label={t('chooseOf', { name: one.headName ?? one.householdNo })} onClick={() => void choose(one.householdId)}>
            {t('choose')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface FoundHousehold {
  householdId: string
  householdNo: string
  headName?: string
  township: string
  village: string
  match?: { personName?: string }
}

/** The register's search, for the household that the program did not find. */
function OtherSearch({ choose }: { choose: (householdId: string) => Promise<void> }) {
  const t = useT(intakeScreenWords)
  const maySearch = useMay('registry.household:read')
  const [rows, setRows] = useState<readonly Choosable[]>()
  const [error, setError] = useState<unknown>()
  if (!maySearch) return null
  const find = async (q: string) => {
    if (q === '') return setRows(undefined)
    try {
      const found = await write<Page<FoundHousehold>>('POST', '/registry/households/search', { q, limit: 10 })
      setRows(
        found.items.map(({ householdId, householdNo, headName = null, township, village, match }) => ({
          householdId,
          householdNo,
          headName,
          township,
          village,
          personName: match?.personName ?? null,
        })),
      )
      setError(undefined)
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <>
      <Field label={t('search')} hint={t('searchHint')}>
        {(control) => <Input.Search {...control} allowClear maxLength={40} onSearch={(text) => void find(text.trim())} />}
      </Field>
      <Problem error={error} />
      {rows === undefined ? null : rows.length === 0 ? <p>{t('searchNone')}</p> : <Candidates rows={rows} choose={choose} />}
    </>
  )
}
