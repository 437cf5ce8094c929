import { defineWords } from '#kernel/pure/words/index.ts'

/** Texts of the pages before the login. */
export const doorWords = defineWords({
  system: { zh: '防止返贫帮扶系统', en: 'Households kept from poverty' },
  loginTitle: { zh: '登录', en: 'Log in' },
  loginName: { zh: '用户名', en: 'Login name' },
  password: { zh: '密码', en: 'Password' },
  loginButton: { zh: '登录', en: 'Log in' },
  fillBoth: { zh: '请填写', en: 'Please fill this in' },
  startEmpty: { zh: '新建空白县', en: 'Start with an empty county' },
  leaveDemo: { zh: '清空示范县，新建自己的县', en: 'Remove the demo and start your own county' },
  noCountyYet: {
    zh: '这里还没有建县。请先建县，得到三位管理员的一次性密码后再登录。',
    en: 'No county has been started here. Start one: its three administrators get one-time passwords and can then log in.',
  },
  noCountyElsewhere: {
    zh: '这里还没有建县。请在安装本系统的电脑上打开本页建县。',
    en: 'No county has been started here. Open this page on the machine that runs the system and start one.',
  },
  demoHint: {
    zh: '这是示范县，数据全部是编造的。示范账号在启动窗口里。',
    en: 'This is the demo county; all data are invented. The demo accounts stand in the window that started it.',
  },
  complaints: { zh: '投诉建议：请拨打 12317，或联系县级管理员', en: 'Complaints and advice: call 12317 or the county administrator' },
  filing: { zh: '备案号：{number}', en: 'Filing number: {number}' },
  noFiling: { zh: '备案号：未填写', en: 'Filing number: not set' },
  passwordTitle: { zh: '修改密码', en: 'Change password' },
  passwordFirst: {
    zh: '您用的是一次性密码，请先改成自己的密码再使用。',
    en: 'You logged in with a one-time password. Choose your own before you go on.',
  },
  currentPassword: { zh: '当前密码', en: 'Current password' },
  newPassword: { zh: '新密码', en: 'New password' },
  newPasswordHint: {
    zh: '至少 {n} 位，不用常见密码，不含用户名。建议用几个词连成一句话。',
    en: 'At least {n} characters, no common password, not your login name. A few words in a row are best.',
  },
  repeatPassword: { zh: '再输一次新密码', en: 'New password again' },
  notTheSame: { zh: '两次输入不一样', en: 'The two are not the same' },
  tooShort: { zh: '至少 {n} 位', en: 'At least {n} characters' },
  changeButton: { zh: '修改密码', en: 'Change password' },
  changed: { zh: '密码已修改。', en: 'The password was changed.' },
  back: { zh: '返回', en: 'Back' },
})
