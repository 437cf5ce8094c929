import type { AdminPlug } from '#ui/plug/plug.ts'
import { identityErrorWords } from './error-words.ts'

/** Login, accounts and areas in the office app. */
export const identityAdmin: AdminPlug = {
  name: 'identity',
  menu: [],
  routes: [
    { path: '/identity/login', beforeLogin: true, page: () => import('./login-page.tsx').then((page) => page.LoginPage) },
    { path: '/identity/password', beforeLogin: true, page: () => import('./password-page.tsx').then((page) => page.PasswordPage) },
  ],
  errorWords: identityErrorWords,
}
