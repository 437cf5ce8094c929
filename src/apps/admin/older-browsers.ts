// Chrome 86, the oldest browser of county offices, lacks these two, which libraries use.
const object: object = Object
if (!('hasOwn' in object)) {
  Object.defineProperty(Object, 'hasOwn', {
    value: (thing: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(thing, key),
    configurable: true,
    writable: true,
  })
}
for (const kind of [Array, String]) {
  if ('at' in kind.prototype) continue
  Object.defineProperty(kind.prototype, 'at', {
    value: function at(this: ArrayLike<unknown>, index: number) {
      return this[index < 0 ? this.length + index : index]
    },
    configurable: true,
    writable: true,
  })
}
export {}
