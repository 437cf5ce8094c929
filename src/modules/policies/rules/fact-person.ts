import { readDayCell, readScaled, readWord, type FactDay, type PersonFact, type PersonRow } from './fact.ts'
import { personNumber, personWord, personYes } from './fact-fields.ts'
import {
  ageOf,
  hasAllowance,
  hasPublicPost,
  isDestitute,
  isDisabled,
  isInsured,
  isOfSchoolAge,
  isOutOfSchool,
  isSeriouslyIll,
  isSeverelyDisabled,
  isWorking,
  labourWords,
  needOfAge,
  needOfDisability,
  needOfInsurance,
  needOfPost,
  needOfSchool,
  needOfSeriousIllness,
  needOfWork,
} from './fact-members.ts'
import { livingFacts } from './fact-living.ts'
import { monitoringFacts } from './fact-monitoring.ts'

export const relations = [
  '户主',
  '配偶',
  '之子',
  '之女',
  '之儿媳',
  '之女婿',
  '之孙子',
  '之孙女',
  '之外孙子',
  '之外孙女',
  '之父',
  '之母',
  '之岳父',
  '之岳母',
  '之公公',
  '之婆婆',
  '之祖父',
  '之祖母',
  '之外祖父',
  '之外祖母',
  '之兄弟姐妹',
  '之兄弟媳妇',
  '之叔伯',
  '之侄儿',
  '之侄女',
  '之曾孙子',
  '之曾孙女',
  '其他',
] as const

export const studentWords = [
  '非在校生',
  '学龄前儿童',
  '学前教育',
  '小学',
  '七年级',
  '八年级',
  '九年级',
  '普通高中一年级',
  '普通高中二年级',
  '普通高中三年级',
  '中职一年级',
  '中职二年级',
  '中职三年级',
  '高职高专一年级',
  '高职高专二年级',
  '高职高专三年级',
  '技师学院一年级',
  '技师学院二年级',
  '技师学院三年级',
  '技师学院四年级',
  '本科一年级',
  '本科二年级',
  '本科三年级',
  '本科四年级',
  '本科五年级',
  '硕士研究生及以上',
  '大专及以上',
] as const

const grades = ['一级', '二级', '三级', '四级'] as const

/** A fact of the person's household: cells of its row only, nothing of its members. */
function ofHousehold(name: string): PersonFact {
  const fact = { ...monitoringFacts, ...livingFacts }[name]
  if (fact === undefined) throw new Error(`${name} is no fact of a household's own row`)
  return {
    needs: { household: fact.needs.household ?? [] },
    value: ({ household }, on) => fact.value({ cell: (key) => household.cell(key), areaPath: '', members: [], hasOpenLead: null }, on),
  }
}

const of = (member: readonly string[], is: (own: PersonRow['own'], on: FactDay) => boolean | null): PersonFact => ({
  needs: { member },
  value: ({ own }, on) => is(own, on),
})

/** Health is several words; for a table the gravest: 患有大病 before 残疾 before 长期慢性病 before 健康. */
function healthOf({ own }: PersonRow): string | null {
  const parts = own.cell('healthStatus')?.split(',') ?? []
  return ['患有大病', '残疾', '长期慢性病', '健康'].find((word) => parts.includes(word)) ?? null
}

/** Facts of a person by name. */
export const personFacts: Readonly<Record<string, PersonFact>> = {
  年龄: { needs: { member: needOfAge }, value: ({ own }, on) => ageOf(own, on) },
  出生日期: { needs: { member: needOfAge }, value: ({ own }) => readDayCell(own.cell('birthDate')) },
  性别: {
    needs: { member: ['sex'] },
    value: ({ own }) => ({ male: '男', female: '女' })[own.cell('sex') ?? ''] ?? null,
  },
  与户主关系: personWord('relationToHead', relations),
  文化程度: personWord('educationLevel', ['文盲或半文盲', '小学', '初中', '高中', '大专', '本科及以上']),
  劳动技能: personWord('laborSkill', labourWords),
  健康状况: { needs: { member: needOfSeriousIllness }, value: healthOf },
  患有大病: of(needOfSeriousIllness, isSeriouslyIll),
  是残疾人: of(needOfDisability, isDisabled),
  是重度残疾人: of(needOfDisability, isSeverelyDisabled),
  残疾等级: {
    needs: { member: needOfDisability },
    value: ({ own }) => readWord(own.cell('disabilityGrade'), grades) ?? (isDisabled(own) === false ? '无' : null),
  },
  残疾类别: personWord('disabilityCategory', ['视力残疾', '听力残疾', '言语残疾', '肢体残疾', '智力残疾', '精神残疾', '多重残疾']),
  在校生状况: personWord('studentStatus', studentWords),
  义务教育阶段适龄: of(needOfAge, isOfSchoolAge),
  义务教育失学: of(needOfSchool, isOutOfSchool),
  是否务工: of(needOfWork, isWorking),
  务工月数: {
    needs: { member: needOfWork },
    value: ({ own }) => readScaled(own.cell('workMonths'), 1) ?? (isWorking(own) === false ? 0 : null),
  },
  务工月收入: personNumber('monthlyWage'),
  务工区域: personWord('workRegion', ['乡（镇）内务工', '乡（镇）外县内务工', '县外省内务工', '省外务工', '境外务工']),
  有公益性岗位: of(needOfPost, hasPublicPost),
  公益性岗位月数: personNumber('publicPostMonths', 1),
  已参医保: of(needOfInsurance, isInsured),
  参加大病保险: personYes('majorIllnessInsurance'),
  参加居民养老保险: personYes('residentPension'),
  参加职工养老保险: personYes('employeePension'),
  接受医疗救助: personYes('medicalAssistance'),
  低保: of(['dibaoStatus'], hasAllowance),
  特困: of(['tekunStatus'], isDestitute),
  现役军人: personYes('activeMilitary'),
  会讲普通话: personYes('speaksMandarin'),
  年度交通费补助: personNumber('transportSubsidy'),
  所在户类型: ofHousehold('户类型'),
  所在户是脱贫户: ofHousehold('是脱贫户'),
  所在户监测对象类别: ofHousehold('监测对象类别'),
  所在户监测状态: ofHousehold('监测状态'),
  所在户是监测对象: ofHousehold('是监测对象'),
}
