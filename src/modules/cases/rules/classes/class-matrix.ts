import type { ClassCountsOfPlace } from '../../contract.ts'
import { numberOfClass } from './count-classes.ts'

/** A column of the matrix: a layer with one of its classes, or a layer as a whole where its classes say nothing. */
export interface MatrixColumn {
  /** `''`: without a result. */
  readonly layer: string
  readonly labourClass: string | undefined
}

/** Layers with their columns, numbered layers first, what is outside and undecided last; a layer that nobody has is not shown. */
export function columnsOfMatrix({ cells }: Pick<ClassCountsOfPlace, 'cells'>): { layer: string; columns: MatrixColumn[] }[] {
  const layers = [...new Set(cells.map((cell) => cell.layer))].sort(byNumber)
  const classes = [...new Set(cells.map((cell) => cell.labourClass))].sort(byNumber)
  return layers.map((layer) => ({
    layer,
    columns: isNumbered(layer)
      ? classes
          .filter((labourClass) => isNumbered(labourClass) || countAt(cells, { layer, labourClass }) > 0)
          .map((labourClass) => ({ layer, labourClass }))
      : [{ layer, labourClass: undefined }],
  }))
}

/** How many households of a place stand in a column. */
export function countAt(cells: ClassCountsOfPlace['cells'], { layer, labourClass }: MatrixColumn): number {
  return cells.reduce(
    (sum, cell) => (cell.layer === layer && (labourClass === undefined || cell.labourClass === labourClass) ? sum + cell.count : sum),
    0,
  )
}

function isNumbered(word: string): boolean {
  return /^\d$/.test(numberOfClass(word))
}

/** 第一层 before 第二层, numbers before words, nothing last. */
function byNumber(one: string, other: string): number {
  const rank = (word: string) => (word === '' ? 99 : isNumbered(word) ? Number(numberOfClass(word)) : 50)
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}
