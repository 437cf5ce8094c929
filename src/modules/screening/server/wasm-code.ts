/** A piece of code: gives its bytes when the names of the function it stands in are known. */
export type Code = (frame: Frame) => number[]

/** The function that is being written: where its locals and labels are. */
export interface Frame {
  local(name: string): number
  labels: string[]
  functionNumber(name: string): number
}

/** A function of 32-bit integers; `longs` are locals of 64 bits, `vectors` of 128. */
export interface WasmFunction {
  name: string
  params: readonly string[]
  locals: readonly string[]
  longs?: readonly string[]
  vectors?: readonly string[]
  /** The last piece leaves the result. */
  body: readonly Code[]
}

/** A number in as few bytes as it needs (LEB128). */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value >>> 0
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  return [...bytes, rest]
}

function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const byte = rest & 127
    rest >>= 7
    if ((rest === 0 && (byte & 64) === 0) || (rest === -1 && (byte & 64) !== 0)) return [...bytes, byte]
    bytes.push(byte | 128)
  }
}

function signedLong(value: bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt.asIntN(64, value)
  for (;;) {
    const byte = Number(rest & 127n)
    rest >>= 7n
    if ((rest === 0n && (byte & 64) === 0) || (rest === -1n && (byte & 64) !== 0)) return [...bytes, byte]
    bytes.push(byte | 128)
  }
}

/** Pieces one after the other. */
export const all = (codes: readonly Code[], frame: Frame): number[] => codes.flatMap((code) => code(frame))

export const int =
  (value: number): Code =>
  () => [0x41, ...signed(value)]
export const get =
  (name: string): Code =>
  (frame) => [0x20, ...unsigned(frame.local(name))]
export const set =
  (name: string, value: Code): Code =>
  (frame) => [...value(frame), 0x21, ...unsigned(frame.local(name))]

const binary =
  (opcode: number) =>
  (left: Code, right: Code): Code =>
  (frame) => [...left(frame), ...right(frame), opcode]
export const add = binary(0x6a)
export const sub = binary(0x6b)
export const mul = binary(0x6c)
export const divide = binary(0x6e)
export const modulo = binary(0x70)
export const and = binary(0x71)
export const or = binary(0x72)
export const xor = binary(0x73)
export const left = binary(0x74)
export const right = binary(0x76)
export const rotate = binary(0x77)
export const equal = binary(0x46)
export const differ = binary(0x47)
export const below = binary(0x49)
export const above = binary(0x4b)
export const atMost = binary(0x4d)
export const atLeast = binary(0x4f)
export const long =
  (value: bigint): Code =>
  () => [0x42, ...signedLong(value)]
export const addLong = binary(0x7c)
export const mulLong = binary(0x7e)
export const andLong = binary(0x83)
export const orLong = binary(0x84)
export const xorLong = binary(0x85)
export const leftLong = binary(0x86)
export const rightLong = binary(0x88)
const unary =
  (opcode: number) =>
  (value: Code): Code =>
  (frame) => [...value(frame), opcode]
export const not = unary(0x45)
/** How many zeros stand below the lowest bit of a long (64 in zero), and how many bits it has. */
export const lowestBitLong = unary(0x7a)
export const bitsOfLong = unary(0x7b)
export const isZeroLong = unary(0x50)
/** The low 32 bits of a long, and a word as a long. */
export const lowWord = unary(0xa7)
export const widen = unary(0xad)

/** Loads; `offset` is added to the address without wrapping, so it must not be negative. */
const load =
  (opcode: number, align: number) =>
  (address: Code, offset = 0): Code =>
  (frame) => [...address(frame), opcode, align, ...unsigned(offset)]
export const byteAt = load(0x2d, 0)
export const pairAt = load(0x2f, 0)
export const wordAt = load(0x28, 0)
export const longAt = load(0x29, 0)
export const store =
  (address: Code, value: Code, offset = 0): Code =>
  (frame) => [...address(frame), ...value(frame), 0x36, 0, ...unsigned(offset)]

/** Stores into the second memory. */
export const storeRow =
  (address: Code, value: Code, offset = 0): Code =>
  (frame) => [...address(frame), ...value(frame), 0x36, 0x40, 1, ...unsigned(offset)]

/** Stores the low 8 bits. */
export const storeByte =
  (address: Code, value: Code): Code =>
  (frame) => [...address(frame), ...value(frame), 0x3a, 0, 0]

/** Stores the low 16 bits. */
export const storePair =
  (address: Code, value: Code): Code =>
  (frame) => [...address(frame), ...value(frame), 0x3b, 0, 0]

export const vectorAt =
  (address: Code): Code =>
  (frame) => [...address(frame), 0xfd, 0x00, 0, 0]
export const spread =
  (value: Code): Code =>
  (frame) => [...value(frame), 0xfd, 0x0f]
export const sameBytes =
  (one: Code, other: Code): Code =>
  (frame) => [...one(frame), ...other(frame), 0xfd, 0x23]
export const eitherVector =
  (one: Code, other: Code): Code =>
  (frame) => [...one(frame), ...other(frame), 0xfd, 0x50]
export const maskOf =
  (vector: Code): Code =>
  (frame) => [...vector(frame), 0xfd, 0x64]

/** Four words from the second memory. */
export const rowVectorAt =
  (address: Code): Code =>
  (frame) => [...address(frame), 0xfd, 0x00, 0x40, 1, 0]
export const spreadWord =
  (value: Code): Code =>
  (frame) => [...value(frame), 0xfd, 0x11]
export const xorVector =
  (one: Code, other: Code): Code =>
  (frame) => [...one(frame), ...other(frame), 0xfd, 0x51]
/** Turns each of the four words left by so many bits. */
export const rotateWords =
  (vector: Code, by: number): Code =>
  (frame) => [
    ...vector(frame),
    ...int(by)(frame),
    0xfd,
    ...unsigned(0xab),
    ...vector(frame),
    ...int(32 - by)(frame),
    0xfd,
    ...unsigned(0xad),
    0xfd,
    0x50,
  ]

/** Instructions on vectors: prefix, then the number of the instruction (LEB128). */
const vectors =
  (instruction: number) =>
  (...operands: Code[]): Code =>
  (frame) => [...all(operands, frame), 0xfd, ...unsigned(instruction)]
export const subBytes = vectors(0x71)
export const sameWords = vectors(0x37)
export const aboveBytes = vectors(0x28)
export const anyTrue = vectors(0x53)
/** The first or last eight bytes as eight numbers of 16 bits. */
export const firstEight = vectors(0x87 + 2)
export const lastEight = vectors(0x88 + 2)
/** Products of eight pairs, each two neighbours added. */
export const dot = vectors(0xba)
export const addWords = vectors(0xae)
export const eightNumbers =
  (numbers: readonly number[]): Code =>
  () => [0xfd, 0x0c, ...numbers.flatMap((number) => [number & 255, number >> 8])]
export const wordOf =
  (vector: Code, lane: number): Code =>
  (frame) => [...vector(frame), 0xfd, 0x1b, lane]

const within = (frame: Frame, label: string, make: () => number[]): number[] => {
  frame.labels.push(label)
  const bytes = make()
  frame.labels.pop()
  return bytes
}
const depthOf = (frame: Frame, label: string): number => frame.labels.length - 1 - frame.labels.lastIndexOf(label)

/** A stretch that `leave(label)` leaves. */
export const stretch =
  (label: string, ...body: Code[]): Code =>
  (frame) => [0x02, 0x40, ...within(frame, label, () => all(body, frame)), 0x0b]
/** Repeats while the condition holds; `leave(label)` ends it. */
export const repeat =
  (label: string, condition: Code, ...body: Code[]): Code =>
  (frame) =>
    stretch(label, (outer) => {
      const inner = within(outer, `${label} again`, () => [...not(condition)(outer), 0x0d, 1, ...all(body, outer), 0x0c, 0])
      return [0x03, 0x40, ...inner, 0x0b]
    })(frame)
export const leave =
  (label: string): Code =>
  (frame) => [0x0c, ...unsigned(depthOf(frame, label))]
export const leaveIf =
  (label: string, condition: Code): Code =>
  (frame) => [...condition(frame), 0x0d, ...unsigned(depthOf(frame, label))]
export const when =
  (condition: Code, then: readonly Code[], otherwise: readonly Code[] = []): Code =>
  (frame) => [
    ...condition(frame),
    0x04,
    0x40,
    ...within(frame, 'if', () => [...all(then, frame), ...(otherwise.length > 0 ? [0x05, ...all(otherwise, frame)] : [])]),
    0x0b,
  ]
export const choose =
  (condition: Code, then: Code, otherwise: Code): Code =>
  (frame) => [...then(frame), ...otherwise(frame), ...condition(frame), 0x1b]
export const give =
  (value: Code): Code =>
  (frame) => [...value(frame), 0x0f]
export const giveIf = (condition: Code, value: Code): Code => when(condition, [give(value)])
export const call =
  (name: string, ...values: Code[]): Code =>
  (frame) => [...all(values, frame), 0x10, ...unsigned(frame.functionNumber(name))]
export const drop =
  (value: Code): Code =>
  (frame) => [...value(frame), 0x1a]
