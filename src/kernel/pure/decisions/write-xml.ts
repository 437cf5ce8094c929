import type { XmlElement } from './xml.ts'

/** One XML document as text: two spaces a level, text as it was; elements that hold text and elements are not indented. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`
}

function written(element: XmlElement, indent: string): string {
  const start = `${indent}<${element.name}${element.attributes.map((one) => ` ${one.name}="${attributeText(one.value)}"`).join('')}`
  if (element.children.length === 0) return `${start}/>`
  const texts = element.children.filter((child) => typeof child === 'string')
  if (texts.some((text) => text.trim() !== '') || texts.length === element.children.length) return `${start}>${inline(element)}`
  const children = element.children.filter((child) => typeof child !== 'string').map((child) => written(child, `${indent}  `))
  return `${start}>\n${children.join('\n')}\n${indent}</${element.name}>`
}

function inline(element: XmlElement): string {
  const inside = element.children.map((child) => (typeof child === 'string' ? plainText(child) : written(child, '')))
  return `${inside.join('')}</${element.name}>`
}

function plainText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;')
}

function attributeText(text: string): string {
  return plainText(text).replace(/"/g, '&quot;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;')
}
