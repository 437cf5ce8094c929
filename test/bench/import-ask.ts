import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'

// Asks an address fifty times a second until its input ends, then prints how long the answers took: milliseconds, the quickest first.
const [address = ''] = process.argv.slice(2)
const took: number[] = []
let isOver = false
const end = text(process.stdin).then(() => {
  isOver = true
})
while (!isOver) {
  const began = performance.now()
  const answer = await fetch(address)
  await answer.arrayBuffer()
  took.push(performance.now() - began)
  await wait(Math.max(0, 20 - (performance.now() - began)))
}
await end
process.stdout.write(JSON.stringify(took.sort((one, other) => one - other)))
