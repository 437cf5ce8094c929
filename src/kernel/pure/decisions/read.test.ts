import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDmn } from './read.ts'
import { attributeOf, elementsOf, localName, readXml, textOf } from './read-xml.ts'
import { writeDmn } from './write.ts'
import type { XmlElement } from './xml.ts'

const kit = globSync('test/tck/compliance-level-2/*/*.dmn')
const defaults = ['isCollection=false', 'kind=FEEL', 'hitPolicy=UNIQUE']

/** What an XML tree says: prefixes, order of attributes, defaults and indentation are not part of it. */
function said(element: XmlElement): string {
  const written = element.attributes.filter((one) => !one.name.startsWith('xmlns'))
  const attributes = written
    .map((one) => `${one.namespace}${one.name.replace(/^.*:/, '')}=${one.value}`)
    .filter((one) => !defaults.includes(one))
  const children = elementsOf(element)
  const inside = children.length > 0 ? children.map(said).join('\n') : textOf(element)
  return `<${element.namespace} ${localName(element)} ${attributes.toSorted().join(' ')}>${inside}`
}

const extended = `<?xml version="1.0" encoding="UTF-8"?>
<dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:x="urn:x" namespace="urn:m" name="带扩展的模型" x:colour="red">
  <dmn:description>一 &amp; 二 &lt; 三</dmn:description>
  <dmn:extensionElements><x:source date="2026-01-01"><x:clause>第三条</x:clause></x:source></dmn:extensionElements>
  <dmn:decision id="d" name="层级" x:by="办公室">
    <dmn:variable name="层级" typeRef="string"/>
    <dmn:informationRequirement id="r"><dmn:requiredInput href="#i"/></dmn:informationRequirement>
    <dmn:usingTask href="urn:other"/>
    <dmn:decisionTable hitPolicy="COLLECT" aggregation="SUM" preferredOrientation="Rule-as-Row" outputLabel="分">
      <dmn:input id="c" label="人均收入"><dmn:inputExpression typeRef="number"><dmn:text>income</dmn:text></dmn:inputExpression>
        <dmn:inputValues><dmn:text>&gt;= 0</dmn:text></dmn:inputValues></dmn:input>
      <dmn:output id="o" typeRef="number"><dmn:defaultOutputEntry><dmn:text>0</dmn:text></dmn:defaultOutputEntry></dmn:output>
      <dmn:annotation name="依据"/>
      <dmn:rule id="r1"><dmn:inputEntry><dmn:text><![CDATA[< 8500]]></dmn:text></dmn:inputEntry>
        <dmn:outputEntry><dmn:text>1</dmn:text></dmn:outputEntry>
        <dmn:annotationEntry><dmn:text>国标
第二行</dmn:text></dmn:annotationEntry></dmn:rule>
    </dmn:decisionTable>
  </dmn:decision>
  <dmn:inputData id="i" name="income"><dmn:variable name="income" typeRef="number"/></dmn:inputData>
  <dmn:textAnnotation id="t" textFormat="text/plain"><dmn:text>note</dmn:text></dmn:textAnnotation>
</dmn:definitions>`

describe('a model in DMN XML', () => {
  it('has files of the kit to be tried with', () => expect(kit.length).toBe(28))

  it.each(kit)('says the same after it was read and written: %s', (path) => {
    const text = readFileSync(path, 'utf8')
    const written = writeDmn(readDmn(text))
    expect(readDmn(written)).toEqual(readDmn(text))
    expect(said(readXml(written))).toBe(said(readXml(text)))
  })

  it('keeps extension elements, attributes of other tools and annotations, with their texts', () => {
    const written = writeDmn(readDmn(extended))
    expect(said(readXml(written))).toBe(said(readXml(extended)))
    expect(writeDmn(readDmn(written))).toBe(written)
  })

  it('gives its tables as data', () => {
    const [decision] = readDmn(extended).elements
    const table = decision?.kind === 'decision' && decision.expression?.kind === 'table' ? decision.expression : undefined
    expect(table).toMatchObject({ hitPolicy: 'COLLECT', aggregation: 'SUM', inputs: [{ label: '人均收入', values: { text: '>= 0' } }] })
    expect(table?.rules[0]?.inputEntries[0]?.text).toBe('< 8500')
    expect(table?.rules[0]?.annotationEntries[0]?.text).toBe('国标\n第二行')
  })

  it.each([
    [
      'a rule without an entry for a column',
      extended.replace('<dmn:inputEntry><dmn:text><![CDATA[< 8500]]></dmn:text></dmn:inputEntry>', ''),
    ],
    ['a hit policy that does not exist', extended.replace('"COLLECT"', '"SOME"')],
    ['a name that is missing', extended.replace('id="d" name="层级"', 'id="d"')],
  ])('is refused for %s', (_, text) => {
    expect(() => readDmn(text)).toThrow(expect.objectContaining({ code: 'decisions.bad-element' }))
  })

  it('is refused when it is another kind of file', () => {
    expect(() => readDmn('<html xmlns="http://www.w3.org/1999/xhtml"/>')).toThrow(expect.objectContaining({ code: 'decisions.not-dmn' }))
  })
})

describe('the reader of XML', () => {
  it.each([
    ['declares', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 1],
    ['unknown-entity', '<a>\n&nbsp;</a>', 1],
    ['unknown-entity', '<a>&#0;</a>', 1],
    ['not-closed', '<a>\n<b>\n</a>', 3],
    ['bad-tag', '<a b=c/>', 1],
    ['attribute-twice', '<a b="1" b="2"/>', 1],
    ['unknown-prefix', '<a:b/>', 1],
    ['one-root', '<a/><b/>', 1],
    ['text-outside', 'a<a/>', 1],
    ['too-deep', '<a>'.repeat(300), 1],
  ])('refuses with a reason: %s', (reason, text, line) => {
    expect(() => readXml(text)).toThrow(expect.objectContaining({ code: 'decisions.not-xml', details: { line, reason } }))
  })

  it('decodes the five entities, references and CDATA, and nothing twice', () => {
    const root = readXml('\ufeff<?xml version="1.0"?><!-- a -->\r\n<a t="&lt;&#10;&#x4e2d;">&amp;lt;<![CDATA[&amp;]]><b/>x</a>')
    expect(attributeOf(root, 't')).toBe('<\n中')
    expect(textOf(root)).toBe('&lt;&amp;x')
  })
})
