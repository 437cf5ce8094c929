import { Input } from 'antd'
import { Controller, useFormContext, type RegisterOptions } from 'react-hook-form'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { FoundCounty } from '../contract.ts'
import { foundWords } from './found-words.ts'

// The order in which they stand on the page; the contract names the same three.
const administratorRoles = ['system-administrator', 'security-administrator', 'audit-administrator'] as const
type AdministratorRole = (typeof administratorRoles)[number]

export interface Founding {
  countyCode: string
  name: string
  prefectureName: string
  administrators: Record<AdministratorRole, { name: string; loginName: string }>
}

export const emptyFounding: Founding = {
  countyCode: '',
  name: '',
  prefectureName: '',
  administrators: {
    'system-administrator': { name: '', loginName: '' },
    'security-administrator': { name: '', loginName: '' },
    'audit-administrator': { name: '', loginName: '' },
  },
}

/** The command that founds what the form holds. */
export function foundingOf(founding: Founding): FoundCounty {
  const prefectureName = founding.prefectureName.trim()
  return {
    countyCode: founding.countyCode.trim(),
    name: founding.name.trim(),
    ...(prefectureName === '' ? {} : { prefectureName }),
    administrators: administratorRoles.map((role) => ({
      role,
      name: founding.administrators[role].name.trim(),
      loginName: founding.administrators[role].loginName.trim(),
    })),
  }
}

/** The county's own facts. */
export function CountyFields() {
  const t = useT(foundWords)
  return (
    <div className="bf-form-grid">
      <TextField
        path="countyCode"
        label={t('countyCode')}
        hint={t('countyCodeHint')}
        problem={t('badCode')}
        rules={{ required: true, pattern: /^\s*\d{6}\s*$/ }}
      />
      <TextField
        path="name"
        label={t('countyName')}
        hint={t('countyNameHint')}
        problem={t('badName')}
        rules={{ required: true, minLength: 2, maxLength: 40 }}
      />
      <TextField
        path="prefectureName"
        label={t('prefectureName')}
        hint={t('prefectureHint')}
        problem={t('badName')}
        rules={{ minLength: 2, maxLength: 40 }}
        isOptional
      />
    </div>
  )
}

/** The three people; each with a name and a login name of his own. */
export function AdministratorFields() {
  const t = useT(foundWords)
  return (
    <div className="bf-form-grid">
      {administratorRoles.map((role) => (
        <fieldset key={role} className="bf-fieldset">
          <legend>{t(`role.${role}`)}</legend>
          <p className="bf-hint">{t(`does.${role}`)}</p>
          <TextField
            path={`administrators.${role}.name`}
            label={t('adminName')}
            problem={t('needName')}
            rules={{ required: true, maxLength: 40, validate: isOnlyOne('name', role) }}
          />
          <TextField
            path={`administrators.${role}.loginName`}
            label={t('loginName')}
            problem={t('badLoginName')}
            rules={{ required: true, pattern: /^\s*[a-z0-9][a-z0-9._-]{1,39}\s*$/, validate: isOnlyOne('loginName', role) }}
          />
        </fieldset>
      ))}
    </div>
  )
}

type Path = 'countyCode' | 'name' | 'prefectureName' | `administrators.${AdministratorRole}.${'name' | 'loginName'}`

interface TextFieldProps {
  path: Path
  label: string
  hint?: string
  problem: string
  rules: Pick<RegisterOptions<Founding, Path>, 'required' | 'pattern' | 'minLength' | 'maxLength' | 'validate'>
  isOptional?: boolean
}

function TextField({ path, label, hint, problem, rules, isOptional = false }: TextFieldProps) {
  const t = useT(foundWords)
  const { control } = useFormContext<Founding>()
  return (
    <Controller
      name={path}
      control={control}
      rules={rules}
      render={({ field, fieldState: { error } }) => (
        <Field
          label={label}
          hint={hint}
          isRequired={!isOptional}
          problem={error === undefined ? undefined : error.type === 'validate' ? t('twice') : problem}
        >
          {(props) => <Input {...props} {...field} autoComplete="off" autoCapitalize="none" />}
        </Field>
      )}
    />
  )
}

/** Three people: no name and no login name may stand twice. */
function isOnlyOne(part: 'name' | 'loginName', role: AdministratorRole) {
  return (value: unknown, all: Founding) =>
    administratorRoles.every((other) => other === role || all.administrators[other][part].trim() !== String(value).trim())
}
