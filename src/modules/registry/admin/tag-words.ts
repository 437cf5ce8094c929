import type { Language } from '#kernel/pure/words/index.ts'
import { tagPolicy } from '../policy/reading-policy.ts'

/** The tags that a household may carry, in the reader's language. */
export function listTags(language: Language): { value: string; label: string }[] {
  return tagPolicy.tags.map((tag) => ({ value: tag.key, label: tag[language] }))
}

/** A tag in the reader's language; one that the policy no longer knows stands as its key. */
export function nameTag(key: string, language: Language): string {
  return tagPolicy.tags.find((tag) => tag.key === key)?.[language] ?? key
}
