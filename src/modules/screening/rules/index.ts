export { addRow, numberFact, wordFact, type RowSpot } from './add-row.ts'
export { buildIndex, type IndexBuilder, type IndexPerson, type SoundOf } from './build-index.ts'
