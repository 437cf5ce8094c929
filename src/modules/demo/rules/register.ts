import type { Household } from './people.ts'

const labels =
  '乡镇,行政村,村民小组,户编号,户主姓名,户类型,监测对象类别,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,民族,劳动技能,户联系电话,本人电话,务工月收入（元）'

/** The full rural register, header first, one row per person. The numbers here are right; the wage stands in yuan, empty where there is none. */
export function* registerRows(households: readonly Household[]): Generator<string[]> {
  yield labels.split(',')
  for (const household of households) {
    const { village, group, number, type, monitored, phone, members } = household
    const head = members[0]?.name ?? ''
    for (const person of members)
      yield [
        village.township,
        village.name,
        group,
        number,
        head,
        type,
        monitored,
        String(person.order),
        person.number,
        person.name,
        person.sex === 'male' ? '男' : '女',
        person.bornOn,
        person.idNumber,
        person.relation,
        person.nation,
        person.skill,
        phone,
        person.phone,
        person.monthlyWageYuan === 0 ? '' : String(person.monthlyWageYuan),
      ]
  }
}
