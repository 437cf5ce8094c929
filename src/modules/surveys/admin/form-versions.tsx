import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Form } from '../rules/form.ts'
import type { FormDetails } from '../rules/survey-records.ts'
import { formWords } from './form-words.ts'
import { localMoment } from './survey-queries.ts'

/** The versions of a form, the newest first: none of them ever changes. */
export function FormVersions({ versions, takeOver }: { versions: FormDetails['versions']; takeOver: (form: Form) => void }) {
  const t = useT(formWords)
  return (
    <Section title={t('part.versions')}>
      <ScrollBox>
        <table className="survey-table">
          <thead>
            <tr>
              <th scope="col">{t('version')}</th>
              <th scope="col">{t('madeBy')}</th>
              <th scope="col">{t('madeAt')}</th>
              <th scope="col" className="bf-figures">
                {t('questions')}
              </th>
              <th scope="col" className="bf-figures">
                {t('campaigns')}
              </th>
              <th scope="col">{t('takeOver')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ version, form, madeName, madeAt, campaigns }) => (
              <tr key={version}>
                <td>{version === 0 ? t('version.shipped') : t('version.n', { n: version })}</td>
                <td>{madeName}</td>
                <td className="bf-code">{madeAt === undefined ? '' : localMoment(madeAt)}</td>
                <td className="bf-figures">{form.questions.length}</td>
                <td className="bf-figures">{campaigns}</td>
                <td>
                  <button type="button" className="bf-link" onClick={() => takeOver(form)}>
                    {t('takeOver')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  )
}
