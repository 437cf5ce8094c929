/** A text, louder. */
export const louder = (text: string): string => `${text}!`
