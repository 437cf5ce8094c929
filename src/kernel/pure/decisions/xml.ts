/** An attribute as written: `name` with its prefix; `namespace` resolved, `''` for none; declarations (`xmlns…`) are attributes too. */
export interface XmlAttribute {
  readonly name: string
  readonly namespace: string
  readonly value: string
}

/** An element as written: `name` with its prefix, `namespace` resolved; children in order, text decoded, comments and instructions left out. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly (XmlElement | string)[]
}
