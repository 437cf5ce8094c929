import type { IndicatorDefinition } from '#kernel/pure/indicators/index.ts'
import type { Context } from '../caller/index.ts'
import type { Catalogue } from '#kernel/pure/words/index.ts'
import type { AnyJob } from '../jobs/index.ts'
import type { AnyPage } from './page.ts'
import type { AnyRoute } from './route.ts'

/** What a module switches on in the server (house.md, "Doors and plugs"). */
export interface ServerPlug {
  readonly name: string
  readonly routes: readonly AnyRoute[]
  /** Public plain pages (see `definePage`). */
  readonly pages?: readonly AnyPage[]
  /** Work that outlives a request; the app runs it. */
  readonly jobs?: readonly AnyJob[]
  /** What other modules announce and this one wants to be told of, made by `defineListener` (docs/decisions/0026). */
  readonly listeners?: readonly AnyJob[]
  /** Figures that the module publishes over its views (docs/decisions/0035). */
  readonly indicators?: (ctx: Context) => Promise<readonly IndicatorDefinition[]>
  /** Work that begins with the server, such as runs that a restart interrupted. Returns how to stop it. */
  readonly start?: () => Promise<() => Promise<void>>
  /** The sentence for each of the module's errors, for the command line. */
  readonly errorWords?: Catalogue
}
