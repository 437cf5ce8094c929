import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'

const labels =
  '乡镇,行政村,村民小组,户编号,户主姓名,户类型,监测对象类别,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,民族,劳动技能,户联系电话,本人电话,务工月收入（元）'
const surnames = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪',
)
const given = Array.from('芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海燕春梅红云凤莲香菊琴珍凯浩宇轩梓涵诗')
const personsPerHousehold = 4
const householdsPerGroup = 40
const groupsPerVillage = 8
const villagesPerTownship = 16

/** An invented register of `persons` rows as a CSV file in UTF-8; region codes were never assigned. Returns its bytes. */
export async function writeRegister(path: string, persons: number): Promise<number> {
  const file = createWriteStream(path)
  let block = `${labels}\n`
  for (let person = 0; person < persons; person += 1) {
    block += `${rowOf(person)}\n`
    if (block.length > 1 << 20) {
      if (!file.write(block)) await once(file, 'drain')
      block = ''
    }
  }
  file.end(block)
  await finished(file)
  return file.bytesWritten
}

function rowOf(person: number): string {
  const household = Math.floor(person / personsPerHousehold)
  const member = person % personsPerHousehold
  const group = Math.floor(household / householdsPerGroup)
  const village = Math.floor(group / groupsPerVillage)
  const township = Math.floor(village / villagesPerTownship)
  const villageCode = `990301${String(100 + township)}${String(200 + (village % villagesPerTownship))}`
  const householdNo = `${villageCode}${String(household % 10_000).padStart(4, '0')}`
  const number = `${householdNo}${String(Math.floor(household / 10_000)).padStart(2, '0')}`
  const head = nameOf(household * 7)
  const name = member === 0 ? head : nameOf(person * 13 + 5)
  const type = household % 8 === 0 ? '脱贫户' : '一般农户'
  const month = String(1 + (person % 12)).padStart(2, '0')
  const day = String(1 + (person % 28)).padStart(2, '0')
  const year = 1940 + ((person * 17) % 80)
  const first17 = `99039${1 + (person % 8)}${year}${month}${day}${String(person % 1000).padStart(3, '0')}`
  const phone = `154${String(household % 100_000_000).padStart(8, '0')}`
  return [
    `第${township}乡`,
    `第${village}村`,
    `${1 + (group % groupsPerVillage)}组`,
    number,
    head,
    type,
    '',
    member + 1,
    `${number}0${member + 1}`,
    name,
    person % 2 === 0 ? '男' : '女',
    `${year}-${month}-${day}`,
    `${first17}${checkCharacterOf(first17) ?? ''}`,
    ['户主', '配偶', '之子', '之女'][member],
    '汉族',
    '普通劳动力',
    phone,
    `164${String(person % 100_000_000).padStart(8, '0')}`,
    member < 2 ? 3000 + (person % 40) * 100 : '',
  ].join(',')
}

function nameOf(seed: number): string {
  return `${surnames[seed % surnames.length] ?? ''}${given[(seed * 31) % given.length] ?? ''}${seed % 3 === 0 ? '' : (given[(seed * 17 + 3) % given.length] ?? '')}`
}
