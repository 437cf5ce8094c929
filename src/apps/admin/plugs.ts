import { casesAdmin } from '#modules/cases/admin/module.tsx'
import { indicatorsAdmin } from '#modules/indicators/admin/module.tsx'
import { identityAdmin } from '#modules/identity/admin/module.tsx'
import { ledgersAdmin } from '#modules/ledgers/admin/module.tsx'
import { policiesAdmin } from '#modules/policies/admin/module.tsx'
import { qualityAdmin } from '#modules/quality/admin/module.tsx'
import { rectificationAdmin } from '#modules/rectification/admin/module.tsx'
import { registryAdmin } from '#modules/registry/admin/module.tsx'
import { screeningAdmin } from '#modules/screening/admin/module.tsx'
import { surveysAdmin } from '#modules/surveys/admin/module.tsx'
import type { AdminPlug } from '#ui/plug/plug.ts'

/** The office app's modules; a new one is switched on by its line here. Menu and slots follow this order. */
export const plugs: readonly AdminPlug[] = [
  screeningAdmin,
  registryAdmin,
  qualityAdmin,
  casesAdmin,
  surveysAdmin,
  ledgersAdmin,
  policiesAdmin,
  indicatorsAdmin,
  rectificationAdmin,
  identityAdmin,
]
