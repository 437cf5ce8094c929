import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import { downloadWay, ExportButton } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchOneOf, searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { userStates, type User } from '../contract.ts'
import { AreaSelect } from './area-select.tsx'
import { ManageUser } from './manage-user.tsx'
import { nameRole, roleKeys } from './roles.ts'
import { userWords } from './user-words.ts'

const userSearch = { startsWith: searchText, role: searchOneOf(roleKeys), state: searchOneOf(userStates), under: searchText }

/** Everybody who may log in: found by name, role, state and area. */
export function UsersPage() {
  const t = useT(userWords)
  const go = useGo()
  const language = useLanguage()
  const mayManage = useMay('identity.user:manage')
  const [search] = usePageSearch(userSearch)
  const [managed, setManaged] = useState<User>()
  const query = { ...search }
  const ways = [downloadWay({ key: 'users', label: t('title'), note: t('exportNote'), path: '/identity/users/export', query })]
  const columns = [
    { key: 'name', title: t('name'), value: (user: User) => user.name },
    { key: 'loginName', title: t('loginName'), kind: 'code' as const, value: (user: User) => user.loginName },
    { key: 'roles', title: t('roles'), value: (user: User) => user.roles.map((role) => nameRole(role, language)).join('、') },
    { key: 'area', title: t('area'), value: (user: User) => user.areaName },
    { key: 'organisation', title: t('organisation'), value: (user: User) => user.organisationName },
    { key: 'phone', title: t('phone'), kind: 'code' as const, value: (user: User) => user.phoneMasked },
    { key: 'state', title: t('state'), value: (user: User) => <UserState user={user} /> },
    {
      key: 'manage',
      title: t('manage'),
      value: (user: User) =>
        Object.values(user.can).includes(true) ? (
          <Button size="small" onClick={() => setManaged(user)} aria-label={t('manageTitle', { name: user.name })}>
            {t('manage')}
          </Button>
        ) : undefined,
    },
  ]
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <>
          <span className="bf-spring" />
          <ExportButton ways={ways} />
        </>
      }
      actions={
        mayManage ? (
          <>
            <Button onClick={() => go('/identity/users/bulk')}>{t('bulk')}</Button>
            <Button type="primary" onClick={() => go('/identity/users/new')}>
              {t('newUser')}
            </Button>
          </>
        ) : undefined
      }
    >
      <UserFilters />
      <DataList<User>
        label={t('listLabel')}
        queryKey={['identity', 'users', search]}
        load={(after) => read<Page<User>>('/identity/users', { ...search, after, limit: 50 })}
        columns={columns}
        rowKey={(user) => user.userId}
        empty={{ todo: t('empty') }}
      />
      <Modal
        open={managed !== undefined}
        title={t('manageTitle', { name: managed?.name ?? '' })}
        footer={null}
        onCancel={() => setManaged(undefined)}
        destroyOnHidden
        width="37rem"
      >
        {managed === undefined ? null : <ManageUser user={managed} close={() => setManaged(undefined)} />}
      </Modal>
    </PageFrame>
  )
}

function UserState({ user }: { user: User }) {
  const t = useT(userWords)
  if (user.state !== 'active') return <StatusTag level="grey" text={t(`state.${user.state}`)} />
  if (user.isLocked) return <StatusTag level="red" text={t('locked')} />
  return user.mustChangePassword ? <StatusTag level="amber" text={t('firstLogin')} /> : <StatusTag level="green" text={t('state.active')} />
}

function UserFilters() {
  const t = useT(userWords)
  const language = useLanguage()
  const [search, setSearch] = usePageSearch(userSearch)
  return (
    <div className="bf-filters">
      <Field label={t('search')}>
        {(control) => (
          <Input.Search
            {...control}
            defaultValue={search.startsWith}
            allowClear
            onSearch={(startsWith) => setSearch({ startsWith: startsWith.trim() })}
          />
        )}
      </Field>
      <Field label={t('roles')}>
        {(control) => (
          <Select
            {...control}
            value={search.role ?? null}
            allowClear
            placeholder={t('anyRole')}
            options={roleKeys.map((role) => ({ value: role, label: nameRole(role, language) }))}
            onChange={(role) => setSearch({ role: role ?? undefined })}
          />
        )}
      </Field>
      <Field label={t('state')}>
        {(control) => (
          <Select
            {...control}
            value={search.state ?? null}
            allowClear
            placeholder={t('anyState')}
            options={userStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
            onChange={(state) => setSearch({ state: state ?? undefined })}
          />
        )}
      </Field>
      <Field label={t('area')}>
        {(control) => <AreaSelect {...control} value={search.under} onChange={(under) => setSearch({ under })} />}
      </Field>
    </div>
  )
}
