import type { Scope } from '#kernel/server/caller/index.ts'
import { findNamedPersons, findPersons, type FoundPersons, type NamedPerson, type PersonQuestion } from '#modules/registry/server/index.ts'
import { mayBeSame, readLinkText, splitGroup, type LinkText } from '../rules/link-text.ts'
import { findPlaceByName, type AreaNames } from './find-place.ts'
import type { Within } from './open-ledger.ts'
import type { LedgerDeps } from './work-out.ts'
import type { FoundLink, WrittenLink } from './written-link.ts'

/** What is asked of the register for one written link; `question` absent: numbers decide. */
interface Asked {
  readonly read: LinkText
  readonly question?: PersonQuestion
  readonly group: string
  /** Something besides the name says whom it means. */
  readonly isTold: boolean
  /** A place was named that nobody knows. */
  readonly isNowhere: boolean
}

/** Looks up persons and households that files name: by number, by name with village or household, in two questions for all of them. */
export async function lookUpPeople(
  ctx: Within,
  deps: LedgerDeps,
  given: { links: readonly WrittenLink[]; areas: () => Promise<AreaNames> },
): Promise<(link: WrittenLink) => FoundLink> {
  const texts = [...new Set(given.links.map((link) => link.text))]
  const reads = new Map(texts.map((text) => [text, readLinkText(text)]))
  const readOf = (text: string): LinkText => reads.get(text) ?? {}
  const numbers = [...reads.values()]
  const found: FoundPersons =
    texts.length === 0
      ? { byIdNumber: new Map(), byHouseholdNo: new Map() }
      : await findPersons(ctx, ctx.db, {
          idNumbers: [...new Set(numbers.flatMap((one) => one.idNumber ?? []))],
          householdNos: [...new Set(numbers.flatMap((one) => one.number ?? []))],
          vault: deps.vault,
        })
  const named = given.links.filter((link) => isNamed(link, readOf(link.text)))
  const areas = named.length === 0 ? undefined : await given.areas()
  const askedOf = new Map<string, Asked>()
  if (areas !== undefined) for (const link of named) askedOf.set(keyOf(link), askFor(link, readOf(link.text), areas))
  const questions = new Map<string, PersonQuestion>()
  for (const { question } of askedOf.values()) if (question !== undefined) questions.set(JSON.stringify(question), question)
  const answers = await findNamedPersons(ctx, ctx.db, { questions: [...questions.values()], vault: deps.vault })
  const answerOf = new Map([...questions.keys()].map((key, at) => [key, answers[at]]))
  return (link) => {
    const read = readOf(link.text)
    const asked = askedOf.get(keyOf(link))
    if (asked === undefined) return byNumber(link, read, found)
    const answer = asked.question === undefined ? undefined : answerOf.get(JSON.stringify(asked.question))
    return decide(link, asked, { people: answer?.people ?? [], isCut: answer?.isCut === true, scope: ctx.scope })
  }
}

const keyOf = ({ field, text, township, near }: WrittenLink): string =>
  JSON.stringify([field.kind, text, township, near?.village ?? '', near?.household ?? ''])

/** Whether a name must decide, because no number does. */
function isNamed({ field }: WrittenLink, read: LinkText): boolean {
  if (read.name === undefined || read.idNumber !== undefined) return false
  return field.kind === 'person' || read.number === undefined
}

function byNumber({ field, text }: WrittenLink, read: LinkText, found: FoundPersons): FoundLink {
  const byId = read.idNumber === undefined ? undefined : found.byIdNumber.get(read.idNumber)
  const member = byId ?? (field.kind === 'household' && read.number !== undefined ? found.byHouseholdNo.get(read.number)?.[0] : undefined)
  if (member === undefined) return { refused: 'not-found' }
  // A number with another one's name beside it is a mistake of the list, not a link.
  if (byId !== undefined && read.name !== undefined && field.kind === 'person' && bare(read.name) !== bare(byId.name))
    return { refused: 'name-differs', values: { value: text, found: byId.name } }
  return {
    linked: { id: field.kind === 'household' ? member.householdId : member.personId, name: member.name },
    areaPath: member.areaPath,
    householdId: member.householdId,
  }
}

const bare = (name: string): string => name.normalize('NFKC').replace(/[\s·・．.]/g, '')

/** What to ask for a name: in the place that stands beside it, else in that of the row; in the household that is named. */
function askFor(link: WrittenLink, read: LinkText, areas: AreaNames): Asked {
  const { field, township, near } = link
  const { place, group } = splitGroup(read.place ?? '')
  const written = place === '' ? (near?.village ?? '') : place
  const area = written === '' ? undefined : findPlaceByName(areas, { text: splitGroup(written).place, township })
  const isPlaceKnown = area !== undefined && !('refused' in area)
  // What stands beside a name and is like no place (在外务工) says nothing; a place that is not here says that nobody is meant here.
  const isNowhere = area !== undefined && !isPlaceKnown && (place === '' || /(镇|乡|街道|村|社区)$/.test(place))
  const household = near?.household === undefined || near.household === '' ? {} : readLinkText(near.household)
  const householdNo = read.number ?? household.number
  const headName = read.headName ?? (householdNo === undefined ? household.name : undefined)
  const question: PersonQuestion = {
    name: read.name ?? '',
    ...(isPlaceKnown ? { areaPath: area.areaPath } : {}),
    ...(householdNo === undefined ? {} : { householdNo }),
    ...(headName === undefined || headName === read.name ? {} : { headName }),
    ...(field.kind === 'household' ? { isHead: true } : {}),
  }
  const isTold = isPlaceKnown || householdNo !== undefined || headName !== undefined || read.masked !== undefined
  return { read, group, isTold, isNowhere, ...(isNowhere ? {} : { question }) }
}

function decide(
  { field, text }: WrittenLink,
  { read, group, isTold, isNowhere }: Asked,
  given: { people: readonly NamedPerson[]; isCut: boolean; scope: Scope },
): FoundLink {
  if (isNowhere) return { refused: 'not-found' }
  const people = given.people.filter(
    (one) =>
      (group === '' || digitsOf(one.group) === digitsOf(group)) &&
      (read.masked === undefined || (one.idMasked !== undefined && mayBeSame(one.idMasked, read.masked))),
  )
  const [only] = people
  if (only === undefined) return { refused: given.isCut ? 'several-candidates' : 'not-found', values: { value: text, candidates: '…' } }
  const candidates = sayCandidates(people, given.isCut)
  if (people.length > 1 || given.isCut) return { refused: 'several-candidates', values: { value: text, candidates } }
  if (!isTold && !isNarrow(given.scope)) return { refused: 'name-needs-place', values: { value: text, candidates } }
  return {
    linked: { id: field.kind === 'household' ? only.householdId : only.personId, name: only.name },
    areaPath: only.areaPath,
    householdId: only.householdId,
  }
}

const chinese = '零一二三四五六七八九十'
const digitsOf = (group: string): string =>
  group.replace(/[^\d一二三四五六七八九十]/g, '').replace(/[一二三四五六七八九十]/g, (one) => String(chinese.indexOf(one)))

/** A village or single households: a name alone says enough there. */
function isNarrow(scope: Scope): boolean {
  return scope.kind === 'households' || (scope.kind === 'area' && scope.path.split('.').length > 5)
}

const mostShown = 5

/** Who it may be: 柳一（菱塘镇荷坪村3组，户主柳二，1970-01-15 生，990301********0013）. */
function sayCandidates(people: readonly NamedPerson[], isCut: boolean): string {
  const said = people
    .slice(0, mostShown)
    .map(({ name, place, headName, bornOn, idMasked }) => {
      const parts = [place, headName === undefined ? '' : `户主${headName}`, bornOn === undefined ? '' : `${bornOn} 生`, idMasked ?? '']
      return `${name}（${parts.filter((part) => part !== '').join('，')}）`
    })
    .join('、')
  const more = people.length - mostShown
  return more > 0 || isCut ? `${said} 等${isCut ? `${people.length} 个以上` : ` ${people.length} 个`}` : said
}
