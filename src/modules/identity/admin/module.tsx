import type { AdminPlug } from '#ui/plug/plug.ts'
import { identityErrorWords } from '../policy/error-words.ts'
import { menuWords } from './menu-words.ts'

/** Login, accounts and areas in the office app. */
export const identityAdmin: AdminPlug = {
  name: 'identity',
  menu: [
    { key: 'users', words: menuWords.users, path: '/identity/users', group: 'settings', needs: 'identity.user:read' },
    {
      key: 'organisations',
      words: menuWords.organisations,
      path: '/identity/organisations',
      group: 'people',
      needs: 'identity.organisation:read',
    },
    { key: 'areas', words: menuWords.areas, path: '/identity/areas', group: 'settings', needs: 'identity.area:import' },
  ],
  routes: [
    { path: '/identity/login', beforeLogin: true, page: () => import('./login-page.tsx').then((page) => page.LoginPage) },
    { path: '/identity/password', beforeLogin: true, page: () => import('./password-page.tsx').then((page) => page.PasswordPage) },
    { path: '/identity/found', beforeLogin: true, page: () => import('./found-page.tsx').then((page) => page.FoundPage) },
    { path: '/identity/users', page: () => import('./users-page.tsx').then((page) => page.UsersPage) },
    { path: '/identity/users/new', page: () => import('./new-user-page.tsx').then((page) => page.NewUserPage) },
    { path: '/identity/users/bulk', page: () => import('./bulk-users-page.tsx').then((page) => page.BulkUsersPage) },
    { path: '/identity/organisations', page: () => import('./organisations-page.tsx').then((page) => page.OrganisationsPage) },
    {
      path: '/identity/organisations/$organisationId',
      page: () => import('./organisation-page.tsx').then((page) => page.OrganisationPage),
    },
    { path: '/identity/areas', page: () => import('./areas-page.tsx').then((page) => page.AreasPage) },
    { path: '/identity/areas/import', page: () => import('./import-areas-page.tsx').then((page) => page.ImportAreasPage) },
  ],
  errorWords: identityErrorWords,
}
