import { grantArea, grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import type { GivenUser } from '../../src/modules/identity/server/given.ts'
import { finishCall } from '../../src/modules/surveys/server/finish-call.ts'
import { contentAnswers, givenCampaign } from '../../src/modules/surveys/server/given.ts'
import { readTargets } from '../../src/modules/surveys/server/read-lists.ts'
import { addQuestion, callQuiz } from '../../src/modules/surveys/server/hold-quiz.ts'
import type { TestWorld } from '../database.ts'
import { markOf, type Place, type SurveyKey } from './places.ts'

/**
 * A phone survey of the county whose households were given to the cadre of each village: of the first household everything is known, the second is
 * still to be called (its target is `targetId`).
 */
export async function givenSurveys(
  world: TestWorld,
  given: { officer: Context; places: readonly Omit<Place, SurveyKey>[]; cadres: ReadonlyMap<string, GivenUser> },
): Promise<{ campaignId: string; places: Place[] }> {
  const { officer, places, cadres } = given
  const { campaignId } = await givenCampaign(officer, { callers: [...cadres.values()].map((cadre) => cadre.userId) })
  const targets = (await readTargets(officer, campaignId, { limit: 200 })).items
  const filled: Place[] = []
  for (const place of places) {
    const mark = markOf[place.name]
    const cadre = cadres.get(place.name)
    const of = (householdId: string) => targets.find((target) => target.householdId === householdId)
    const [first, second] = [of(place.first.householdId), of(place.second.householdId)]
    if (cadre === undefined || first === undefined || second === undefined) throw new Error('each village has a cadre and two households')
    const { countyCode } = officer.scope
    const ctx = { ...world.as(grantArea(countyCode, place.area.path)), caller: cadre.caller }
    const call = (revision: number, rest: object) =>
      // Safe: as a form sends it.
      finishCall(ctx, { vault: world.vault }, { targetId: first.targetId, input: { revision, note: `${mark}备注`, ...rest } as never })
    await call(first.revision, { outcome: 'call-back' })
    const said = {
      water: 'not-done',
      trouble: ['illness'],
      remark: `${mark}原话`,
      cause: { said: 'different', values: [{ value: '因病' }] },
    }
    await call(first.revision + 1, { outcome: 'answered', answers: { ...contentAnswers, ...said } })
    const made = { targetId: second.targetId, ...(await givenQuiz(world, officer, place)) }
    filled.push({ ...place, ...made, canaries: [...place.canaries, first.targetId, ...Object.values(made)] })
  }
  return { campaignId, places: filled }
}

/** The context of the office that holds the campaign. */
export function officerOf(world: TestWorld, officer: GivenUser, countyCode: string): Context {
  return { ...world.as(grantCounty(countyCode)), caller: officer.caller }
}

/** An open quiz meeting of the village with one cadre and one question, and a question of the village's own bank. */
async function givenQuiz(
  world: TestWorld,
  officer: Context,
  place: Omit<Place, SurveyKey>,
): Promise<Omit<Pick<Place, SurveyKey>, 'targetId'>> {
  const mark = markOf[place.name]
  const own = { ...world.as(grantArea(officer.scope.countyCode, place.area.path)), caller: officer.caller }
  const { questionId } = await addQuestion(own, { topic: `${mark}题`, question: `${mark}有几户`, answer: `${mark}三户`, points: 10 })
  const quiz = await callQuiz(own, {
    name: `${mark}工作会`,
    heldOn: officer.today,
    place: `${mark}会议室`,
    participants: [{ name: `${mark}支书`, post: `${mark}书记` }],
    questionIds: [questionId],
    asked: [],
  })
  const [person] = quiz.participants
  return {
    quizId: quiz.quizId,
    quizQuestionId: questionId,
    quizParticipantId: person?.participantId ?? '',
    quizAnswerId: person?.answers[0]?.answerId ?? '',
  }
}
