import { useQuery } from '@tanstack/react-query'
import { read, write } from '#kernel/browser/api/index.ts'
import type { IncomeCalculation, IncomeCalculationRecord, IncomeSheet } from '../../rules/income/income-records.ts'
import type {
  AddIncomeLines,
  CalculateIncome,
  IncomePurpose,
  TakeOverIncome,
  WithdrawIncomeLine,
} from '../../rules/income/income-requests.ts'

const pathOf = (householdId: string) => `/cases/income-sheets/${householdId}`

/** The sheet of a household for a purpose; read again after every write. */
export function useIncomeSheet(householdId: string, purpose: IncomePurpose) {
  return useQuery({
    queryKey: ['cases', 'income', householdId, purpose],
    queryFn: () => read<IncomeSheet>(pathOf(householdId), { purpose }),
  })
}

export function addIncomeLines(householdId: string, input: AddIncomeLines): Promise<{ added: number }> {
  return write('POST', `${pathOf(householdId)}/lines`, input)
}

export function takeOverIncome(householdId: string, input: TakeOverIncome): Promise<{ added: number; replaced: number }> {
  return write('POST', `${pathOf(householdId)}/take-over`, input)
}

export function calculateIncome(householdId: string, input: CalculateIncome): Promise<IncomeCalculation> {
  return write('POST', `${pathOf(householdId)}/calculations`, input)
}

export function withdrawIncomeLine(lineId: string, input: WithdrawIncomeLine): Promise<unknown> {
  return write('POST', `/cases/income-lines/${lineId}/withdraw`, input)
}

export function readCalculation(calculationId: string): Promise<IncomeCalculationRecord> {
  return read(`/cases/income-calculations/${calculationId}`)
}

/** Fen as yuan with separators: `1,234.50`. */
export function showYuan(fen: number): string {
  const text = (Math.abs(fen) / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return fen < 0 ? `−${text}` : text
}
