import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { readDmn } from '#kernel/pure/decisions/index.ts'
import type { Draft } from '#modules/policies/admin/editor-props.ts'
import { TableEditor } from '#modules/policies/admin/table-editor.tsx'
import { PolicyStyles } from '#modules/policies/admin/policy-styles.tsx'
import { useHistory } from '#modules/policies/admin/use-history.ts'
import { ThemeProvider } from '#ui/theme/theme-provider.tsx'

// The decision table editor by itself: a table of 1,000 rows over an amount and two words, written here, with one gap at its end.
const rowCount = 1000
const rules = Array.from({ length: rowCount }, (_, row) => {
  const test = `[${row * 10}..${row * 10 + 10})`
  return `<rule><inputEntry><text>${test}</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"一般"</text></outputEntry><annotationEntry><text>第 ${row + 1} 档</text></annotationEntry></rule>`
}).join('')
const definitions = readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
  <inputData id="i" name="金额"><variable name="金额" typeRef="number"/></inputData>
  <inputData id="w" name="类型"><variable name="类型" typeRef="string"/></inputData>
  <decision id="d" name="档次"><variable name="档次" typeRef="string"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <informationRequirement><requiredInput href="#w"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input label="金额"><inputExpression typeRef="number"><text>金额</text></inputExpression></input>
      <input label="类型"><inputExpression typeRef="string"><text>类型</text></inputExpression><inputValues><text>"甲类","乙类"</text></inputValues></input>
      <output label="档次" typeRef="string"><outputValues><text>"重点","一般"</text></outputValues></output>
      <annotation name="条款"/>${rules}</decisionTable></decision></definitions>`)

function EditorPage() {
  const [saved, setSaved] = useState(0)
  const history = useHistory<Draft>({ definitions, examples: [] })
  return createElement(
    'div',
    { className: 'bf-stack' },
    createElement(PolicyStyles),
    createElement('p', { role: 'note' }, `已保存 ${saved} 次`),
    createElement(TableEditor, {
      history,
      isOpen: true,
      facts: [],
      parameters: [],
      decision: '档次',
      published: undefined,
      save: () => setSaved((times) => times + 1),
    }),
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(createElement(ThemeProvider, undefined, createElement(EditorPage)))
