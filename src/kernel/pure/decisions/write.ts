import type { AuthorityRequirement, Definitions, DrgElement, ItemDefinition, Requirement } from './model.ts'
import { modelNamespaces } from './read.ts'
import { writeExpression, writeFunction, writeUnaryTests, writeVariable } from './write-expression.ts'
import { type NodeMaker, nodeMaker } from './write-node.ts'
import { writeXml } from './write-xml.ts'
import type { XmlElement } from './xml.ts'

/** The model as DMN XML, in the version it has: reading it again gives an equal model, with diagrams and extension elements. */
export function writeDmn(model: Definitions): string {
  const space = modelNamespaces[model.version]
  const [prefix] = Object.entries(model.prefixes).find(([, uri]) => uri === space) ?? ['', space]
  const make = nodeMaker(space, prefix)
  const prefixes = { ...model.prefixes, [prefix]: space }
  const { name, namespace, expressionLanguage, typeLanguage, exporter, exporterVersion } = model
  const root = make.node('definitions', model, {
    attributes: { name, namespace, expressionLanguage, typeLanguage, exporter, exporterVersion },
    children: [
      ...model.imports.map((one) => {
        const attributes = { name: one.name, namespace: one.namespace, importType: one.importType, locationURI: one.locationURI }
        return make.node('import', one, { attributes })
      }),
      ...model.itemDefinitions.map((one) => writeItemDefinition(make, 'itemDefinition', one)),
      ...model.elements.map((one) => writeElement(make, one)),
    ],
  })
  const declared = Object.entries(prefixes).map(([key, value]) => ({
    name: key === '' ? 'xmlns' : `xmlns:${key}`,
    namespace: 'http://www.w3.org/2000/xmlns/',
    value,
  }))
  return writeXml({ ...root, attributes: [...declared, ...root.attributes] })
}

function writeItemDefinition(make: NodeMaker, element: string, item: ItemDefinition): XmlElement {
  const func = item.functionItem
  return make.node(element, item, {
    attributes: { name: item.name, typeLanguage: item.typeLanguage, isCollection: item.isCollection ? 'true' : undefined },
    children: [
      make.text('typeRef', item.typeRef),
      item.allowedValues && writeUnaryTests(make, 'allowedValues', item.allowedValues),
      item.typeConstraint && writeUnaryTests(make, 'typeConstraint', item.typeConstraint),
      ...item.components.map((one) => writeItemDefinition(make, 'itemComponent', one)),
      func &&
        make.node('functionItem', func, {
          attributes: { outputTypeRef: func.outputTypeRef },
          children: func.parameters.map((one) => writeVariable(make, 'parameters', one)),
        }),
    ],
  })
}

function writeElement(make: NodeMaker, element: DrgElement): XmlElement {
  const attributes = { name: element.name }
  const variable = 'variable' in element && element.variable !== undefined ? writeVariable(make, 'variable', element.variable) : undefined
  switch (element.kind) {
    case 'inputData':
      return make.node('inputData', element, { attributes, children: [variable] })
    case 'decision':
      return make.node('decision', element, {
        attributes,
        children: [
          make.text('question', element.question),
          make.text('allowedAnswers', element.allowedAnswers),
          variable,
          ...element.informationRequirements.map((one) => information(make, one)),
          ...element.knowledgeRequirements.map((one) => knowledge(make, one)),
          ...element.authorityRequirements.map((one) => authority(make, one)),
        ],
        last: [element.expression && writeExpression(make, element.expression)],
      })
    case 'businessKnowledgeModel':
      return make.node('businessKnowledgeModel', element, {
        attributes,
        children: [
          variable,
          element.encapsulatedLogic && writeFunction(make, 'encapsulatedLogic', element.encapsulatedLogic),
          ...element.knowledgeRequirements.map((one) => knowledge(make, one)),
          ...element.authorityRequirements.map((one) => authority(make, one)),
        ],
      })
    case 'decisionService':
      return make.node('decisionService', element, {
        attributes,
        children: [
          variable,
          ...element.outputDecisions.map((href) => make.plain('outputDecision', { href })),
          ...element.encapsulatedDecisions.map((href) => make.plain('encapsulatedDecision', { href })),
          ...element.inputDecisions.map((href) => make.plain('inputDecision', { href })),
          ...element.inputData.map((href) => make.plain('inputData', { href })),
        ],
      })
    case 'knowledgeSource':
      return make.node('knowledgeSource', element, {
        attributes: { ...attributes, locationURI: element.locationURI },
        children: [...element.authorityRequirements.map((one) => authority(make, one)), make.text('type', element.type)],
      })
  }
}

function information(make: NodeMaker, one: Requirement & { of: 'decision' | 'input' }): XmlElement {
  const required = one.of === 'decision' ? 'requiredDecision' : 'requiredInput'
  return make.node('informationRequirement', one, { children: [make.plain(required, { href: one.href })] })
}

function knowledge(make: NodeMaker, one: Requirement): XmlElement {
  return make.node('knowledgeRequirement', one, { children: [make.plain('requiredKnowledge', { href: one.href })] })
}

function authority(make: NodeMaker, one: AuthorityRequirement): XmlElement {
  const required = { decision: 'requiredDecision', input: 'requiredInput', authority: 'requiredAuthority' }[one.of]
  return make.node('authorityRequirement', one, { children: [make.plain(required, { href: one.href })] })
}
