import type { Language } from '#kernel/pure/words/index.ts'

/** Versions that the county makes itself are numbered from here on, so that they never meet those that are shipped. */
const ownFrom = 1000

/** `第 2 版`; a county's own version of a shipped ledger is told apart where both are possible. */
export function versionName(templateKey: string, version: number, language: Language): string {
  const isOwn = version > ownFrom
  const number = isOwn ? version - ownFrom : version
  if (language === 'en') return isOwn && !templateKey.startsWith('own.') ? `own version ${number}` : `version ${number}`
  return isOwn && !templateKey.startsWith('own.') ? `本县第 ${number} 版` : `第 ${number} 版`
}
