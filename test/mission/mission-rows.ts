/** How a mechanism is carried: by typed code, by shipped ledgers, or not yet. */
export const carriers = ['typed', 'ledger', 'planned'] as const
export type Carrier = (typeof carriers)[number]

/** A test by its file; `part`: words of its name, without which every test of the file is meant. */
export interface NamedTest {
  readonly path: string
  readonly part: string | undefined
}

/** A line of docs/mission.csv. */
export interface MissionRow {
  readonly id: string
  readonly title: string
  readonly area: string
  readonly carriedBy: Carrier
  /** Modules, or keys of shipped ledgers. */
  readonly homes: readonly string[]
  readonly tests: readonly NamedTest[]
  readonly note: string
}

const columns = ['mechanism', 'title', 'area', 'carried_by', 'home', 'tests', 'note']

/** Reads docs/mission.csv (RFC 4180); what cannot be a line is named with its number, and is none. */
export function readMission(text: string): { rows: MissionRow[]; faults: string[] } {
  const [head = [], ...lines] = readCsv(text.replace(/^\uFEFF/, ''))
  const faults = head.join() === columns.join() ? [] : [`the columns are not ${columns.join(', ')}`]
  const rows = lines.flatMap((cells, at): MissionRow[] => {
    const [id = '', title = '', area = '', carried = '', home = '', tests = '', note = ''] = cells
    const carriedBy = carriers.find((one) => one === carried)
    if (cells.length !== columns.length || carriedBy === undefined || !/^M-\d{3}$/.test(id) || !/^C\d{2}$/.test(area)) {
      faults.push(`line ${at + 2} (${id}) cannot be read`)
      return []
    }
    return [{ id, title, area, carriedBy, homes: home.split(' ').filter((one) => one !== ''), tests: readTests(tests), note }]
  })
  return { rows, faults }
}

/** `path#words of the name | path`. */
function readTests(cell: string): NamedTest[] {
  return cell
    .split(' | ')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const at = one.indexOf('#')
      return at < 0 ? { path: one, part: undefined } : { path: one.slice(0, at), part: one.slice(at + 1) }
    })
}

function readCsv(text: string): string[][] {
  const lines: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    if (found === null) throw new Error(`mission.csv cannot be read at character ${cell.lastIndex}`)
    const [, quoted, plain = '', end] = found
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end !== ',' && cell.lastIndex < text.length) lines.push([])
  }
  return lines
}
