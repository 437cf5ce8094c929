import type { XmlElement, XmlAttribute } from './xml.ts'

/**
 * A DMN 1.5 model as plain data, in the order of the document. What the model does not name (extension elements, diagrams, artifacts,
 * attributes of other tools) is kept beside the node it stood in and written back. Source: OMG DMN 1.5, formal/2024-01-01, chapters 6–10.
 */

/** What a reader found and does not understand: written back as it came. */
export interface Kept {
  readonly attributes: readonly XmlAttribute[]
  readonly elements: readonly XmlElement[]
}

/** What every node may carry. */
export interface Noted {
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly description?: string | undefined
  readonly kept?: Kept | undefined
}

/** A node that others name. */
export interface Named extends Noted {
  readonly name: string
}

/** The versions of the standard that are read; a file is written in the version it came in. */
export type DmnVersion = '1.1' | '1.2' | '1.3' | '1.4' | '1.5'

/** A whole model: types, inputs, decisions, functions and services. `prefixes` are the namespaces declared at the root (`''` the default). */
export interface Definitions extends Named {
  readonly version: DmnVersion
  readonly namespace: string
  readonly expressionLanguage?: string | undefined
  readonly typeLanguage?: string | undefined
  readonly exporter?: string | undefined
  readonly exporterVersion?: string | undefined
  readonly prefixes: Readonly<Record<string, string>>
  readonly imports: readonly Import[]
  readonly itemDefinitions: readonly ItemDefinition[]
  readonly elements: readonly DrgElement[]
}

/** Another model whose names are used here as `name.…`; an empty name puts them in directly (DMN 1.4). */
export interface Import extends Named {
  readonly namespace: string
  readonly importType: string
  readonly locationURI?: string | undefined
}

/** A type: a name for another type (`typeRef`), a structure (`components`) or a function, maybe a list of it, maybe with allowed values. */
export interface ItemDefinition extends Named {
  readonly typeRef?: string | undefined
  readonly isCollection: boolean
  readonly typeLanguage?: string | undefined
  readonly allowedValues?: UnaryTests | undefined
  /** Since 1.5: of the whole value, while `allowedValues` of a collection speaks of its items. */
  readonly typeConstraint?: UnaryTests | undefined
  readonly components: readonly ItemDefinition[]
  readonly functionItem?: FunctionItem | undefined
}

export interface FunctionItem extends Noted {
  readonly outputTypeRef?: string | undefined
  readonly parameters: readonly Variable[]
}

/** Unary tests in S-FEEL: a cell of a table's inputs, or allowed values, in the order that PRIORITY and OUTPUT ORDER follow. `-` is any. */
export interface UnaryTests extends Noted {
  readonly text: string
  readonly expressionLanguage?: string | undefined
}

/** A name with a type: the variable of a decision, a parameter, a column of a relation. */
export interface Variable extends Named {
  readonly typeRef?: string | undefined
}

export type DrgElement = InputData | Decision | BusinessKnowledgeModel | DecisionService | KnowledgeSource

export interface InputData extends Named {
  readonly kind: 'inputData'
  readonly variable?: Variable | undefined
}

export interface Decision extends Named {
  readonly kind: 'decision'
  readonly question?: string | undefined
  readonly allowedAnswers?: string | undefined
  readonly variable?: Variable | undefined
  readonly informationRequirements: readonly InformationRequirement[]
  readonly knowledgeRequirements: readonly Requirement[]
  readonly authorityRequirements: readonly AuthorityRequirement[]
  readonly expression?: Expression | undefined
}

/** A function that decisions call (BKM). */
export interface BusinessKnowledgeModel extends Named {
  readonly kind: 'businessKnowledgeModel'
  readonly variable?: Variable | undefined
  readonly encapsulatedLogic?: FunctionDefinition | undefined
  readonly knowledgeRequirements: readonly Requirement[]
  readonly authorityRequirements: readonly AuthorityRequirement[]
}

/** A part of the graph that is called as one: references are `#id` or `namespace#id`. */
export interface DecisionService extends Named {
  readonly kind: 'decisionService'
  readonly variable?: Variable | undefined
  readonly outputDecisions: readonly string[]
  readonly encapsulatedDecisions: readonly string[]
  readonly inputDecisions: readonly string[]
  readonly inputData: readonly string[]
}

/** A document or person behind a decision: `locationURI` the document. */
export interface KnowledgeSource extends Named {
  readonly kind: 'knowledgeSource'
  readonly type?: string | undefined
  readonly locationURI?: string | undefined
  readonly authorityRequirements: readonly AuthorityRequirement[]
}

/** An arrow of the graph: `href` is `#id`, or `namespace#id` into an imported model. */
export interface Requirement extends Noted {
  readonly href: string
}

export interface InformationRequirement extends Requirement {
  readonly of: 'decision' | 'input'
}

export interface AuthorityRequirement extends Requirement {
  readonly of: 'decision' | 'input' | 'authority'
}

export type Expression =
  | LiteralExpression
  | DecisionTable
  | ContextExpression
  | RelationExpression
  | ListExpression
  | Invocation
  | FunctionDefinition
  | Conditional
  | FilterExpression
  | ForExpression
  | Quantified

/** What every boxed expression may carry; `typeRef` is the type its value must have. */
export interface Boxed extends Noted {
  readonly typeRef?: string | undefined
}

/** One text in FEEL (or the language named). */
export interface LiteralExpression extends Boxed {
  readonly kind: 'literal'
  readonly text: string
  readonly expressionLanguage?: string | undefined
}

export const hitPolicies = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'] as const
export type HitPolicy = (typeof hitPolicies)[number]

export const aggregations = ['SUM', 'COUNT', 'MIN', 'MAX'] as const
/** How COLLECT makes one value of many; without it COLLECT gives the list. */
export type Aggregation = (typeof aggregations)[number]

export type Orientation = 'Rule-as-Row' | 'Rule-as-Column' | 'CrossTable'

export interface DecisionTable extends Boxed {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly aggregation?: Aggregation | undefined
  readonly outputLabel?: string | undefined
  readonly preferredOrientation?: Orientation | undefined
  readonly inputs: readonly InputClause[]
  readonly outputs: readonly OutputClause[]
  readonly annotations: readonly AnnotationClause[]
  readonly rules: readonly Rule[]
}

/** An input column: what is looked at, and which values are allowed. */
export interface InputClause extends Noted {
  readonly expression: LiteralExpression
  readonly values?: UnaryTests | undefined
}

/** An output column. `name` is absent when the table has one; `values` are the allowed ones, best first for PRIORITY and OUTPUT ORDER. */
export interface OutputClause extends Noted {
  readonly name?: string | undefined
  readonly typeRef?: string | undefined
  readonly values?: UnaryTests | undefined
  readonly defaultEntry?: LiteralExpression | undefined
}

export interface AnnotationClause extends Noted {
  readonly name: string
}

/** A row: one entry for each input, output and annotation column, in their order. */
export interface Rule extends Noted {
  readonly inputEntries: readonly UnaryTests[]
  readonly outputEntries: readonly LiteralExpression[]
  readonly annotationEntries: readonly AnnotationEntry[]
}

export interface AnnotationEntry extends Noted {
  readonly text: string
}

/** Names and values one below the other; the last entry may have no name: it is the value of the whole. */
export interface ContextExpression extends Boxed {
  readonly kind: 'context'
  readonly entries: readonly ContextEntry[]
}

export interface ContextEntry extends Noted {
  readonly variable?: Variable | undefined
  readonly value: Expression
}

/** A list of contexts, written as a table of expressions. */
export interface RelationExpression extends Boxed {
  readonly kind: 'relation'
  readonly columns: readonly Variable[]
  readonly rows: readonly ListExpression[]
}

export interface ListExpression extends Boxed {
  readonly kind: 'list'
  readonly items: readonly Expression[]
}

/** A call with named arguments; `called` gives the function. */
export interface Invocation extends Boxed {
  readonly kind: 'invocation'
  readonly called?: Expression | undefined
  readonly bindings: readonly Binding[]
}

export interface Binding extends Noted {
  readonly parameter: Variable
  readonly value?: Expression | undefined
}

export interface FunctionDefinition extends Boxed {
  readonly kind: 'function'
  /** `Java` and `PMML` are read and written, never run: their value is unknown. */
  readonly functionKind: 'FEEL' | 'Java' | 'PMML'
  readonly parameters: readonly Variable[]
  readonly body?: Expression | undefined
}

/** A part of a boxed expression that has an id and a type of its own (`if`, `in`, `match`, …). */
export interface Part extends Boxed {
  readonly value: Expression
}

export interface Conditional extends Boxed {
  readonly kind: 'conditional'
  /** The parts `if`, `then` and `else` of the XML. */
  readonly condition: Part
  readonly whenTrue: Part
  readonly whenFalse: Part
}

export interface FilterExpression extends Boxed {
  readonly kind: 'filter'
  readonly in: Part
  readonly match: Part
}

export interface ForExpression extends Boxed {
  readonly kind: 'for'
  readonly iteratorVariable: string
  readonly in: Part
  readonly return: Part
}

export interface Quantified extends Boxed {
  readonly kind: 'every' | 'some'
  readonly iteratorVariable: string
  readonly in: Part
  readonly satisfies: Part
}
