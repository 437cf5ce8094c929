/** A thing that lies somewhere, in degrees. */
export interface Placed {
  readonly id: string
  readonly longitude: number
  readonly latitude: number
}

/** The part of the earth that a plan shows, in degrees; as high as it is wide in metres. */
export interface Frame {
  readonly longitude: number
  readonly latitude: number
  /** Metres from the left to the right edge. */
  readonly metres: number
}

/** Things that lie so near to each other that one mark stands for them; `x` and `y` from the left and from the top, 0 to 1. */
export interface Mark {
  readonly x: number
  readonly y: number
  readonly ids: readonly string[]
}

/** A bar below a plan: so many metres, so long (of the plan's width, 0 to 1). */
export interface Scale {
  readonly metres: number
  readonly length: number
}

const metresPerDegree = 111_320
const leastMetres = 200
const shrinks = (latitude: number): number => Math.max(0.01, Math.cos((latitude * Math.PI) / 180))

/** The frame that holds all of some things with a margin, at least 200 metres wide. Undefined for none. */
export function frameOf(placed: readonly Placed[]): Frame | undefined {
  if (placed.length === 0) return undefined
  const [west, east] = endsOf(placed.map((one) => one.longitude))
  const [south, north] = endsOf(placed.map((one) => one.latitude))
  const latitude = (south + north) / 2
  const wide = (east - west) * metresPerDegree * shrinks(latitude)
  const high = (north - south) * metresPerDegree
  return { longitude: (west + east) / 2, latitude, metres: Math.max(wide, high, leastMetres / 1.2) * 1.2 }
}

function endsOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity])
}

/** The same place seen from nearer (below 1) or from farther off (above 1). */
export function zoomed(frame: Frame, by: number): Frame {
  return { ...frame, metres: Math.min(Math.max(frame.metres * by, leastMetres), 20_000_000) }
}

/** Where a thing stands on the plan; outside of 0 to 1 it is not on it. */
export function placeOn(frame: Frame, { longitude, latitude }: Omit<Placed, 'id'>): { x: number; y: number } {
  const across = (longitude - frame.longitude) * metresPerDegree * shrinks(frame.latitude)
  const up = (latitude - frame.latitude) * metresPerDegree
  return { x: 0.5 + across / frame.metres, y: 0.5 - up / frame.metres }
}

/**
 * The marks of a plan: things in one of `cells` × `cells` squares share a mark, which stands in their middle; what lies outside is left out. The marks
 * with most come last, so that they lie on top.
 */
export function marksOn(frame: Frame, placed: readonly Placed[], cells = 16): Mark[] {
  const squares = new Map<string, { x: number; y: number; ids: string[] }>()
  for (const one of placed) {
    const { x, y } = placeOn(frame, one)
    if (x < 0 || x > 1 || y < 0 || y > 1) continue
    const key = `${Math.floor(x * cells)} ${Math.floor(y * cells)}`
    const square = squares.get(key) ?? { x: 0, y: 0, ids: [] }
    squares.set(key, { x: square.x + x, y: square.y + y, ids: [...square.ids, one.id] })
  }
  return [...squares.values()]
    .map(({ x, y, ids }) => ({ x: x / ids.length, y: y / ids.length, ids }))
    .sort((one, other) => one.ids.length - other.ids.length)
}

/** The longest bar of 1, 2 or 5 times a power of ten metres that takes at most a third of the width. */
export function scaleOf(frame: Frame): Scale {
  const most = frame.metres / 3
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = [5, 2, 1].map((times) => times * power).find((length) => length <= most) ?? power
  return { metres, length: metres / frame.metres }
}
