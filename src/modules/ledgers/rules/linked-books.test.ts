import { expect, it } from 'vitest'
import { orderBooks } from './linked-books.ts'

it('puts what is late first, then what is open, then the latest, and keeps a pack together', () => {
  const book = (templateKey: string, overdue: number, open: number, day: string) => ({
    templateKey,
    pack: templateKey.split('.')[0] ?? '',
    overdue,
    open,
    changedAt: `2024-05-${day}T00:00:00Z`,
  })
  const books = [
    book('funds.old', 0, 0, '30'),
    book('employment.done', 0, 0, '31'),
    book('industry.open', 0, 2, '01'),
    book('employment.late', 1, 1, '02'),
    book('industry.newer', 0, 1, '09'),
  ]
  expect(orderBooks(books).map((one) => one.templateKey)).toEqual([
    'employment.late',
    'employment.done',
    'industry.newer',
    'industry.open',
    'funds.old',
  ])
})
