import { tidy } from '#kernel/pure/text/index.ts'
import type { PetitionTopics } from '../policy/policy.ts'

/**
 * The trouble that a petition states: the topic with the most words in the text, of equals the one named first.
 * A text that is about something else (a street lamp, noise) needs two words of a topic before it counts.
 */
export function topicOf(topics: PetitionTopics, content: string): string | undefined {
  const text = tidy(content)
  const elsewhere = topics.notTroubles.some((word) => text.includes(word))
  let best: { topic: string; hits: number; at: number } | undefined
  for (const { topic, words } of topics.topics) {
    const places = words.map((word) => text.indexOf(word)).filter((at) => at >= 0)
    const at = Math.min(...places)
    const better = best === undefined || places.length > best.hits || (places.length === best.hits && at < best.at)
    if (places.length > (elsewhere ? 1 : 0) && better) best = { topic, hits: places.length, at }
  }
  return best?.topic
}
