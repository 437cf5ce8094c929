import { Button, Input, Select } from 'antd'
import { Controller, useForm, useWatch, type Control, type FieldErrors } from 'react-hook-form'
import { Field } from '#ui/forms/field.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { OrganisationId, RoleKey } from '../contract.ts'
import { AreaSelect, useAreas } from './area-select.tsx'
import { useOrganisations } from './organisations.tsx'
import { nameRole, rolesAt } from './roles.ts'
import { userWords } from './user-words.ts'

export interface UserFields {
  name: string
  loginName: string
  phone: string
  areaPath: string
  /** '' is none. */
  organisationId: OrganisationId | ''
  roles: RoleKey[]
}

interface UserFormProps {
  initial: UserFields
  /** A login name never changes. */
  isNew: boolean
  submitText: string
  isBusy: boolean
  error: unknown
  submit: (fields: UserFields) => void
}

/** Asks for what makes an account: who, where, as what. */
export function UserForm({ initial, isNew, submitText, isBusy, error, submit }: UserFormProps) {
  const form = useForm<UserFields>({ defaultValues: initial })
  const { errors } = form.formState
  return (
    <form className="bf-form" noValidate onSubmit={(event) => void form.handleSubmit(submit)(event) /* `submit` keeps its error */}>
      <PersonFields control={form.control} errors={errors} isNew={isNew} />
      <PostFields control={form.control} errors={errors} />
      <OrganisationField control={form.control} />
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {submitText}
        </Button>
      </div>
    </form>
  )
}

interface PartProps {
  control: Control<UserFields>
  errors: FieldErrors<UserFields>
}

function PersonFields({ control, errors, isNew }: PartProps & { isNew: boolean }) {
  const t = useT(userWords)
  return (
    <>
      <Controller
        name="name"
        control={control}
        rules={{ required: true, maxLength: 40 }}
        render={({ field }) => (
          <Field label={t('name')} isRequired problem={errors.name === undefined ? undefined : t('needName')}>
            {(props) => <Input {...props} {...field} autoComplete="off" />}
          </Field>
        )}
      />
      {isNew ? (
        <Controller
          name="loginName"
          control={control}
          rules={{ pattern: /^[a-z0-9][a-z0-9._-]{1,39}$/, required: true }}
          render={({ field }) => (
            <Field
              label={t('loginName')}
              isRequired
              hint={t('loginNameHint')}
              problem={errors.loginName === undefined ? undefined : t('badLoginName')}
            >
              {(props) => <Input {...props} {...field} autoComplete="off" autoCapitalize="none" />}
            </Field>
          )}
        />
      ) : null}
      <Controller
        name="phone"
        control={control}
        rules={{ pattern: /^\d{11}$/ }}
        render={({ field }) => (
          <Field
            label={t('phone')}
            hint={t(isNew ? 'phoneHint' : 'phoneStays')}
            problem={errors.phone === undefined ? undefined : t('badPhone')}
          >
            {(props) => <Input {...props} {...field} inputMode="numeric" autoComplete="off" />}
          </Field>
        )}
      />
    </>
  )
}

function OrganisationField({ control }: { control: Control<UserFields> }) {
  const t = useT(userWords)
  const organisations = useOrganisations()
  const options = (organisations.data?.items ?? []).map((one) => ({ value: one.organisationId, label: one.name }))
  if (options.length === 0) return null
  return (
    <Controller
      name="organisationId"
      control={control}
      render={({ field }) => (
        <Field label={t('organisation')}>
          {(props) => (
            <Select
              {...props}
              value={field.value === '' ? null : field.value}
              onChange={(id: OrganisationId | null | undefined) => field.onChange(id ?? '')}
              options={options}
              showSearch={{ optionFilterProp: 'label' }}
              allowClear
              style={{ width: '100%' }}
            />
          )}
        </Field>
      )}
    />
  )
}

function PostFields({ control, errors }: PartProps) {
  const t = useT(userWords)
  const language = useLanguage()
  const areas = useAreas('village')
  const areaPath = useWatch({ control, name: 'areaPath' })
  const level = areas.data?.find((area) => area.path === areaPath)?.level
  return (
    <>
      <Controller
        name="areaPath"
        control={control}
        rules={{ required: true }}
        render={({ field }) => (
          <Field label={t('area')} isRequired problem={errors.areaPath === undefined ? undefined : t('needArea')}>
            {(props) => <AreaSelect {...props} value={field.value} onChange={field.onChange} />}
          </Field>
        )}
      />
      <Controller
        name="roles"
        control={control}
        rules={{ validate: (value) => value.length > 0 }}
        render={({ field }) => (
          <Field label={t('roles')} isRequired hint={t('rolesHint')} problem={errors.roles === undefined ? undefined : t('needRole')}>
            {(props) => (
              <Select
                {...props}
                mode="multiple"
                value={field.value}
                onChange={field.onChange}
                options={rolesAt(level).map((role) => ({ value: role, label: nameRole(role, language) }))}
                style={{ width: '100%' }}
              />
            )}
          </Field>
        )}
      />
    </>
  )
}
