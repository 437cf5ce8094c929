import { useQuery } from '@tanstack/react-query'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { campaignKindWords, conclusionWords, targetStateWords } from '../rules/survey-words.ts'
import { conclusionLevels, targetLevels } from './survey-levels.ts'
import { loadOfHousehold, localMoment } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** On the household's page: in which campaigns it was asked, and what was found. */
export function HouseholdSurveyPanel({ householdId }: { householdId: string }) {
  const t = useT(surveyWords)
  const say = useSay()
  const query = useQuery({ queryKey: ['surveys', 'household', householdId], queryFn: () => loadOfHousehold(householdId) })
  return (
    <Loaded query={query} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="bf-quiet">{t('householdNone')}</p>
        ) : (
          <ul className="bf-lines">
            {items.map((one) => (
              <li key={one.targetId}>
                <PageLink to={`/surveys/campaigns/${one.campaignId}`}>
                  {say(campaignKindWords[one.kind])} {one.campaignNo}
                </PageLink>{' '}
                {one.name}{' '}
                {one.conclusion === undefined ? (
                  <StatusTag level={targetLevels[one.state]} text={say(targetStateWords[one.state])} />
                ) : (
                  <StatusTag level={conclusionLevels[one.conclusion]} text={say(conclusionWords[one.conclusion])} />
                )}{' '}
                <span className="bf-quiet">
                  {one.answeredAt === undefined ? '' : localMoment(one.answeredAt)}{' '}
                  {one.problems === 0 ? '' : t('problemCount', { n: one.problems })}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
