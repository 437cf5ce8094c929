import pg from 'pg'

/**
 * A value as it stands in a statement without parameters; bytes as hexadecimal, null as NULL. For the few statements that travel with BEGIN or
 * COMMIT (`inTransactionAlong`, `askAtOnce`): everything else takes parameters.
 */
export function literal(value: string | Buffer | null): string {
  if (value === null) return 'NULL'
  if (typeof value !== 'string') return `'\\x${value.toString('hex')}'`
  if (value.includes('\0')) throw new Error('a text with NUL would end the statement')
  return pg.escapeLiteral(value)
}
