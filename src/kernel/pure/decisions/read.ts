import { decisionErrors } from './errors.ts'
import type {
  AuthorityRequirement,
  BusinessKnowledgeModel,
  Decision,
  DecisionService,
  Definitions,
  DmnVersion,
  DrgElement,
  FunctionItem,
  Import,
  InformationRequirement,
  InputData,
  ItemDefinition,
  KnowledgeSource,
  Requirement,
  Variable,
} from './model.ts'
import { readExpression, readFunction, readUnaryTests, readVariable } from './read-expression.ts'
import { badElement, present, type ReadNode, readNode } from './read-node.ts'
import { localName, readXml } from './read-xml.ts'

/** The namespaces of the models of DMN by version. */
export const modelNamespaces: Readonly<Record<DmnVersion, string>> = {
  '1.1': 'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  '1.2': 'http://www.omg.org/spec/DMN/20180521/MODEL/',
  '1.3': 'https://www.omg.org/spec/DMN/20191111/MODEL/',
  '1.4': 'https://www.omg.org/spec/DMN/20211108/MODEL/',
  '1.5': 'https://www.omg.org/spec/DMN/20230324/MODEL/',
}

/**
 * Reads a model in DMN XML. Throws `decisions.not-xml` (line, reason), `decisions.not-dmn` (found) or `decisions.bad-element` (element,
 * named, reason). References between elements are checked by `checkGraph`, not here. Source: OMG DMN 1.5, annex "XSD".
 */
export function readDmn(text: string): Definitions {
  const root = readXml(text)
  // Safe: the keys of `modelNamespaces` are the versions.
  const version = (Object.keys(modelNamespaces) as DmnVersion[]).find((one) => modelNamespaces[one] === root.namespace)
  if (version === undefined || localName(root) !== 'definitions') throw decisionErrors.notDmn({ found: `${root.namespace} ${root.name}` })
  const node = readNode(root, root.namespace)
  return present({
    version,
    prefixes: prefixesOf(node),
    name: node.needed('name'),
    namespace: node.needed('namespace'),
    expressionLanguage: node.attribute('expressionLanguage'),
    typeLanguage: node.attribute('typeLanguage'),
    exporter: node.attribute('exporter'),
    exporterVersion: node.attribute('exporterVersion'),
    imports: node.children('import').map(readImport),
    itemDefinitions: node.children('itemDefinition').map(readItemDefinition),
    elements: node.children(...Object.keys(elementReaders)).map(readElement),
    ...node.rest(),
  })
}

const elementReaders: Readonly<Record<string, (node: ReadNode) => DrgElement>> = {
  inputData: readInputData,
  decision: readDecision,
  businessKnowledgeModel: readKnowledgeModel,
  decisionService: readService,
  knowledgeSource: readSource,
}

function prefixesOf(node: ReadNode): Record<string, string> {
  const declared = node.element.attributes.filter((one) => one.namespace === 'http://www.w3.org/2000/xmlns/')
  return Object.fromEntries(declared.map((one) => [one.name.slice(6), node.attribute(one.name) ?? '']))
}

function readElement(node: ReadNode): DrgElement {
  const read = elementReaders[node.name]
  if (read === undefined) throw badElement(node.element, 'unknown')
  return read(node)
}

function readImport(node: ReadNode): Import {
  const [namespace, importType, name] = [node.needed('namespace'), node.attribute('importType') ?? '', node.attribute('name') ?? '']
  return present({ name, namespace, importType, locationURI: node.attribute('locationURI'), ...node.rest() })
}

function readItemDefinition(node: ReadNode): ItemDefinition {
  const [allowed, constraint, func] = [node.child('allowedValues'), node.child('typeConstraint'), node.child('functionItem')]
  return present({
    name: node.needed('name'),
    typeRef: node.text('typeRef')?.trim() ?? node.attribute('typeRef'),
    isCollection: node.attribute('isCollection')?.trim() === 'true',
    typeLanguage: node.attribute('typeLanguage'),
    allowedValues: allowed && readUnaryTests(allowed),
    typeConstraint: constraint && readUnaryTests(constraint),
    components: node.children('itemComponent').map(readItemDefinition),
    functionItem: func && readFunctionItem(func),
    ...node.rest(),
  })
}

function readFunctionItem(node: ReadNode): FunctionItem {
  const parameters = node.children('parameters').map(readVariable)
  return present({ outputTypeRef: node.attribute('outputTypeRef'), parameters, ...node.rest() })
}

function variableOf(node: ReadNode): Variable | undefined {
  const found = node.child('variable')
  return found && readVariable(found)
}

function readInputData(node: ReadNode): InputData {
  return present({ kind: 'inputData', name: node.needed('name'), variable: variableOf(node), ...node.rest() })
}

function readDecision(node: ReadNode): Decision {
  return present({
    kind: 'decision',
    name: node.needed('name'),
    question: node.text('question'),
    allowedAnswers: node.text('allowedAnswers'),
    variable: variableOf(node),
    informationRequirements: node.children('informationRequirement').map(readInformation),
    knowledgeRequirements: knowledgeOf(node),
    authorityRequirements: authorityOf(node),
    expression: readExpression(node),
    ...node.rest(),
  })
}

function readKnowledgeModel(node: ReadNode): BusinessKnowledgeModel {
  const logic = node.child('encapsulatedLogic')
  return present({
    kind: 'businessKnowledgeModel',
    name: node.needed('name'),
    variable: variableOf(node),
    encapsulatedLogic: logic && readFunction(logic),
    knowledgeRequirements: knowledgeOf(node),
    authorityRequirements: authorityOf(node),
    ...node.rest(),
  })
}

function readService(node: ReadNode): DecisionService {
  const references = (name: string) => node.children(name).map((one) => one.needed('href'))
  return present({
    kind: 'decisionService',
    name: node.needed('name'),
    variable: variableOf(node),
    outputDecisions: references('outputDecision'),
    encapsulatedDecisions: references('encapsulatedDecision'),
    inputDecisions: references('inputDecision'),
    inputData: references('inputData'),
    ...node.rest(),
  })
}

function readSource(node: ReadNode): KnowledgeSource {
  const [name, type, locationURI] = [node.needed('name'), node.text('type'), node.attribute('locationURI')]
  return present({ kind: 'knowledgeSource', name, type, locationURI, authorityRequirements: authorityOf(node), ...node.rest() })
}

function readInformation(node: ReadNode): InformationRequirement {
  const [decision, input] = [node.child('requiredDecision'), node.child('requiredInput')]
  const found = decision ?? input
  if (found === undefined) throw badElement(node.element, 'nothing is required')
  return present({ of: decision === undefined ? 'input' : 'decision', href: found.needed('href'), ...node.rest() })
}

function knowledgeOf(node: ReadNode): Requirement[] {
  return node.children('knowledgeRequirement').map((one) => {
    const found = one.child('requiredKnowledge')
    if (found === undefined) throw badElement(one.element, 'nothing is required')
    return present({ href: found.needed('href'), ...one.rest() })
  })
}

function authorityOf(node: ReadNode): AuthorityRequirement[] {
  return node.children('authorityRequirement').map((one): AuthorityRequirement => {
    const [decision, input, authority] = [one.child('requiredDecision'), one.child('requiredInput'), one.child('requiredAuthority')]
    const found = decision ?? input ?? authority
    if (found === undefined) throw badElement(one.element, 'nothing is required')
    const of = decision !== undefined ? 'decision' : input !== undefined ? 'input' : 'authority'
    return present({ of, href: found.needed('href'), ...one.rest() })
  })
}
