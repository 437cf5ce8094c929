export { announce, announcement, type EventKind } from './event.ts'
export { defineListener, type Heard, type Listener } from './listener.ts'
