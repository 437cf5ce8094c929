// Runs before the app's modules; a script of its own, because chunks are run before the code that imports them.
;(() => {
  // Our content policy forbids code in strings, which zod tries for speed and which the browser would report.
  globalThis.__zod_globalConfig = { jitless: true }

  // Chrome 86, the oldest browser of county offices, lacks these two, which libraries use.
  const add = (thing, name, value) => {
    if (!(name in thing)) Object.defineProperty(thing, name, { value, configurable: true, writable: true })
  }
  add(Object, 'hasOwn', (thing, key) => Object.prototype.hasOwnProperty.call(thing, key))
  for (const kind of [Array, String]) {
    add(kind.prototype, 'at', function at(index) {
      return this[index < 0 ? this.length + index : index]
    })
  }
})()
