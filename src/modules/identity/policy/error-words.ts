import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences of identity's refusals: what happened, what to do, whom to call. */
export const identityErrorWords = defineWords({
  'identity.login-refused': {
    zh: '用户名或密码不对，没有登录。请核对大小写后再试；连续输错会暂时锁定账号。忘记密码请联系县级管理员重置。',
    en: 'The login name or password is wrong. Check upper and lower case; several wrong tries lock the account for a while. If you forgot it, ask the county administrator to reset it.',
  },
  'identity.login-locked': {
    zh: '连续输错密码，账号锁定到 {until}。请到时再试，或联系县级管理员解锁。',
    en: 'After too many wrong passwords the account is locked until {until}. Try again then, or ask the county administrator to unlock it.',
  },
  'identity.wrong-password': {
    zh: '当前密码不对，密码没有修改。请重新输入；忘记了请联系县级管理员重置。',
    en: 'The current password is wrong; nothing was changed. Enter it again, or ask the county administrator to reset it.',
  },
  'identity.password-not-allowed': {
    zh: '新密码不符合要求，没有修改。至少 {leastLength} 位，不能是常见密码，也不能包含用户名或与旧密码相同。',
    en: 'The new password is not allowed. Use at least {leastLength} characters, not a common password, not your login name, not the old one.',
  },
  'identity.already-founded': {
    zh: '这里已经建过县，不能再建。请直接登录；忘记账号请联系县级系统管理员。',
    en: 'A county has already been started here. Log in; if you lost the accounts, ask the system administrator.',
  },
  'identity.not-from-here': {
    zh: '只能在安装系统的那台电脑上新建县。请到那台电脑上打开本页。',
    en: 'A county can only be started on the machine that runs the system. Open this page there.',
  },
  'identity.three-different-people': {
    zh: '三个管理员必须是三个不同的人、三个不同的用户名，没有建立。请修改后再提交。',
    en: 'The three administrators must be three people with three login names. Nothing was made; change them and send again.',
  },
  'identity.login-name-taken': {
    zh: '这个用户名已有人用，没有保存。请换一个。',
    en: 'This login name is taken; nothing was saved. Choose another.',
  },
  'identity.roles-not-allowed': {
    zh: '所选角色不能用在这个辖区，或不能由一人同时担任，没有保存。请调整角色或辖区。',
    en: 'These roles do not fit this area, or may not be held by one person; nothing was saved. Change the roles or the area.',
  },
  'identity.unknown-area': {
    zh: '没有这个辖区，没有保存。请从列表中重新选择。',
    en: 'There is no such area; nothing was saved. Choose it from the list.',
  },
  'identity.unknown-organisation': {
    zh: '没有这个单位，没有保存。请从列表中重新选择。',
    en: 'There is no such organisation; nothing was saved. Choose it from the list.',
  },
  'identity.organisation-exists': {
    zh: '这个单位已经有了，没有重复添加。',
    en: 'This organisation is already there; it was not added again.',
  },
  'identity.organisation-not-found': {
    zh: '没有这个单位，或不在您能修改的范围内。请从单位列表重新进入。',
    en: 'There is no such organisation, or it is not yours to change. Come back from the list.',
  },
  'identity.credit-code-taken': {
    zh: '这个统一社会信用代码已登记在另一个单位名下，没有保存。请先核对是不是同一个单位。',
    en: 'Another organisation has this credit code; nothing was saved. Check whether they are the same.',
  },
  'identity.not-into-itself': {
    zh: '不能这样合并：请合并到一个仍在使用的单位，并先撤销它已并入的其他单位。',
    en: 'They cannot be merged in this way: choose one that is in use, and first take out what was merged into this one.',
  },
  'identity.user-not-found': {
    zh: '没有这个用户，或不在您的辖区内。请从用户列表重新进入。',
    en: 'There is no such user in your area. Come back from the list.',
  },
  'identity.area-not-found': { zh: '没有这个辖区，或不在您的辖区内。', en: 'There is no such area, or it is outside yours.' },
  'identity.changed-meanwhile': {
    zh: '别人刚改过这个用户，您的修改没有保存。请刷新后核对再改。',
    en: 'Somebody else has just changed this user; your change was not saved. Reload, check and change again.',
  },
  'identity.not-yourself': {
    zh: '不能对自己的账号做这一步。请由另一位管理员办理。',
    en: 'You may not do this to your own account. Ask another administrator.',
  },
  'identity.last-administrator': {
    zh: '这是最后一位管理员，不能停用。请先新建一位同角色的管理员。',
    en: 'This is the last administrator of the kind. Make another one first.',
  },
  'identity.not-active': { zh: '这个账号已停用或已离岗，没有办理。', en: 'This account is no longer active; nothing was done.' },
  'identity.successor-elsewhere': {
    zh: '接手人的辖区不包含移交人的辖区，没有移交。请换一位接手人，或先调整其辖区。',
    en: 'The successor’s area does not cover this user’s. Choose another person or change the area first.',
  },
  'identity.no-county': {
    zh: '还没有建县。请先在登录页选择“新建空白县”。',
    en: 'No county has been started yet. Choose “Start with an empty county” on the login page.',
  },
  'identity.not-the-demo': { zh: '这不是示范县，没有执行。', en: 'This is not the demo county; nothing was done.' },
})
