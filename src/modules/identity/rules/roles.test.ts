import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RoleKey, firstAdministrators } from '../contract.ts'
import { IdentityPolicy } from '../policy/policy.ts'
import { idleMinutesOf, isGranted, judgeReach, judgeRoles, listGrants, readRole } from './roles.ts'

const policy = IdentityPolicy.parse(JSON.parse(readFileSync(new URL('../policy/2026-01-01.json', import.meta.url), 'utf8')))

describe('roles', () => {
  it('keep system, security and audit administrator three people', () => {
    for (const one of firstAdministrators) {
      for (const other of firstAdministrators) {
        const verdict = judgeRoles(policy, [one, other], 'county')
        expect(verdict.ok).toBe(one === other)
        if (!verdict.ok) expect(verdict.reasons).toEqual(['roles-not-together'])
      }
    }
  })

  it('are given only at their level', () => {
    expect(judgeRoles(policy, ['village-cadre'], 'village')).toEqual({ ok: true })
    expect(judgeRoles(policy, ['village-cadre'], 'county')).toEqual({ ok: false, reasons: ['role-not-at-this-level'] })
    expect(judgeRoles(policy, ['county-data-officer'], 'township')).toEqual({ ok: false, reasons: ['role-not-at-this-level'] })
    expect(judgeRoles(policy, [], 'county')).toEqual({ ok: false, reasons: ['no-role'] })
  })

  it('do not let a helper borrow the area of an office without rights of its own', () => {
    expect(judgeRoles(policy, ['helper', 'department-clerk'], 'county').ok).toBe(false)
    expect(judgeRoles(policy, ['helper', 'village-cadre'], 'village').ok).toBe(true)
  })

  it('grant what the policy names and nothing else', () => {
    expect(isGranted(policy, ['village-cadre'], { object: 'registry.household', action: 'read' })).toBe(true)
    expect(isGranted(policy, ['village-cadre'], { object: 'registry.export', action: 'approve' })).toBe(false)
    expect(isGranted(policy, ['constructor', 'nobody'], { object: 'registry.household', action: 'read' })).toBe(false)
    expect(isGranted(policy, ['department-clerk'], { object: 'registry.household', action: 'read' })).toBe(false)
    expect(listGrants(policy, ['helper'])).toEqual({
      'registry.household:read': true,
      'cases.case:read': true,
      'cases.income:read': true,
      'cases.classification:read': true,
      'identity.area:read': true,
      'indicators.indicator:read': true,
      'indicators.indicator:rows': true,
      'ledgers.record:read': true,
      'ledgers.record:write': true,
    })
  })

  it('reach the county, an area, or only the own households', () => {
    expect(judgeReach(policy, ['county-leader'], 'county')).toBe('county')
    expect(judgeReach(policy, ['township-officer', 'helper'], 'township')).toBe('area')
    expect(judgeReach(policy, ['helper'], 'county')).toBe('households')
  })

  it('end the sessions of administrators sooner', () => {
    expect(idleMinutesOf(policy, ['system-administrator'])).toBe(15)
    expect(idleMinutesOf(policy, ['county-leader'])).toBe(30)
  })

  it('are read by key and by Chinese name', () => {
    for (const key of RoleKey.options) expect(readRole(policy, ` ${policy.roles[key].name.zh}`)).toBe(key)
    expect(readRole(policy, 'helper')).toBe('helper')
    expect(readRole(policy, '县长')).toBeUndefined()
  })
})
