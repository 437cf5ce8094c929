import type { Shape } from '../shape.ts'
import { bankShapes } from './bank.ts'
import { carShapes, firmShapes } from './cars.ts'
import { dibaoShapes } from './dibao.ts'
import { disabilityShapes } from './disability.ts'
import { educationShapes } from './education.ts'
import { housingShapes } from './housing.ts'
import { jobsShapes } from './jobs.ts'

import { laterShapes } from './later.ts'
import { medicalShapes } from './medical.ts'
import { registerShapes, strangeShapes } from './other.ts'
import { petitionShapes } from './petition.ts'
import { policeShapes } from './police.ts'
import { uglierShapes } from './uglier.ts'
import { waterShapes } from './water.ts'

/** The shapes written down by somebody who had not read the mapper. Add to them; do not bend them to the mapper. */
export const writtenShapes: readonly Shape[] = [
  ...medicalShapes,
  ...disabilityShapes,
  ...dibaoShapes,
  ...educationShapes,
  ...jobsShapes,
  ...housingShapes,
  ...policeShapes,
  ...waterShapes,
  ...bankShapes,
  ...petitionShapes,
  ...carShapes,
  ...firmShapes,
  ...registerShapes,
  ...uglierShapes,
  ...strangeShapes,
  ...laterShapes,
]
