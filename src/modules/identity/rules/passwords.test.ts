import { describe, expect, it } from 'vitest'
import { judgePassword } from './passwords.ts'

const policy = { leastLength: 10, commonest: ['1234567890', 'qwertyuiop'] }
const person = { name: '柳青', loginName: 'liuqing', phone: '15400000001', currentPassword: 'once-upon-a-time' }
const judge = (password: string) => judgePassword({ ...person, password }, policy)

describe('a new password', () => {
  it.each([
    ['four lanterns row', []],
    ['短的密码', ['too-short']],
    ['十个汉字也可以当密码', []],
    ['1234567890', ['too-common']],
    ['QWERTYUIOP', ['too-common']],
    ['aaaaaaaaaaaa', ['too-uniform']],
    ['my-LiuQing-2026', ['holds-login-name']],
    ['柳青的密码是一二三四', ['holds-name']],
    ['tel15400000001', ['holds-phone']],
    ['once-upon-a-time', ['same-as-before']],
  ])('%s', (password, reasons) => expect(judge(password)).toEqual(reasons))
})
