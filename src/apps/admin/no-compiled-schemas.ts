// Our content policy forbids code in strings, which zod tries for speed and which the browser would report. This file is imported
// before any contract; zod reads the setting when it is first loaded.
declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined
}
globalThis.__zod_globalConfig = { jitless: true }
export {}
