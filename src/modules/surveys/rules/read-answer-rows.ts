import type { Form, Question } from './form.ts'

/** A row of a file of answers: which household, and its answers by question key. `problems`: cells that could not be read. */
export interface AnswerRow {
  readonly row: number
  readonly householdNo: string
  readonly answers: Readonly<Record<string, unknown>>
  readonly problems: readonly { readonly column: string; readonly why: 'kind' | 'option' }[]
}
export interface AnswerRows {
  readonly rows: readonly AnswerRow[]
  readonly unknownColumns: readonly string[]
}

const householdLabels = ['户编号', '户编码', '农户编号', 'householdno']
const sameWords = ['一致', '相同', '属实', '无误', 'same']
const unknownWords = ['不清楚', '未核实', 'unknown']
const yesWords = ['是', '有', '对', '√', 'yes', 'true', '1']
const noWords = ['否', '无', '没有', '不', '×', 'no', 'false', '0']
const tidy = (text: string) => text.normalize('NFKC').trim()
const plain = (text: string) =>
  tidy(text)
    .replace(/[\s（）()？?：:、]/g, '')
    .toLowerCase()

/**
 * Reads rows as they were pasted or come from a sheet: the first row holds headings (the question's words or its key, and 户编号). Questions about the
 * register of persons cannot stand in a row per household and are unknown columns. Undefined where there is no column of household numbers.
 */
export function readAnswerRows(form: Form, given: readonly (readonly string[])[]): AnswerRows | undefined {
  const [head = [], ...body] = given
  const labels = head.map(plain)
  const numberAt = labels.findIndex((label) => householdLabels.includes(label))
  if (numberAt < 0) return undefined
  const columns = labels.map((label, at) => {
    const question = form.questions.find((one) => [one.key, one.zh, one.en].some((name) => plain(name) === label))
    return at === numberAt || question === undefined || (question.type === 'register' && question.of === 'person') ? undefined : question
  })
  const unknownColumns = head.filter((label, at) => at !== numberAt && columns[at] === undefined && tidy(label) !== '')
  const rows = body.flatMap((cells, index): AnswerRow[] => {
    if (cells.every((cell) => tidy(cell) === '')) return []
    const answers: Record<string, unknown> = {}
    const problems: { column: string; why: 'kind' | 'option' }[] = []
    for (const [at, question] of columns.entries()) {
      const text = tidy(cells[at] ?? '')
      if (question === undefined || text === '') continue
      const read = readCell(question, text)
      if (read === undefined) problems.push({ column: head[at] ?? '', why: 'options' in question ? 'option' : 'kind' })
      else answers[question.key] = read
    }
    return [{ row: index + 2, householdNo: tidy(cells[numberAt] ?? ''), answers, problems }]
  })
  return { rows, unknownColumns }
}

function readCell(question: Question, text: string): unknown {
  switch (question.type) {
    case 'choice':
      return optionOf(question, text)
    case 'multi': {
      const found = text.split(/[、，,;；]/).map((part) => optionOf(question, part))
      return found.includes(undefined) ? undefined : found
    }
    case 'yes-no':
      return yesWords.includes(plain(text)) ? true : noWords.includes(plain(text)) ? false : undefined
    case 'number': {
      const number = Number(text.replaceAll(',', ''))
      return Number.isFinite(number) ? number : undefined
    }
    case 'date':
      return text.replace(
        /^(\d{4})[年/.](\d{1,2})[月/.](\d{1,2})日?$/,
        (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
      )
    case 'text':
      return text
    case 'register':
      if (sameWords.includes(plain(text))) return { said: 'same' }
      return unknownWords.includes(plain(text)) ? { said: 'unknown' } : { said: 'different', values: [{ value: text }] }
  }
}

function optionOf(question: Extract<Question, { type: 'choice' | 'multi' }>, text: string): string | undefined {
  const wanted = plain(text)
  return question.options.find((option) => [option.value, option.zh, option.en].some((name) => plain(name) === wanted))?.value
}
