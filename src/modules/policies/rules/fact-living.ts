import { anyTrue, readWord, readYes, type HouseholdFact } from './fact.ts'
import { numberOf, wordOf, yesOf } from './fact-fields.ts'

export const houseGrades = ['A级', 'B级', 'C级', 'D级'] as const
const typeWords = ['脱贫户', '脱贫户（享受政策）', '脱贫户（不享受政策/稳定脱贫）', '一般农户'] as const

/** What kind of household it is, and how it lives. */
export const livingFacts: Readonly<Record<string, HouseholdFact>> = {
  户类型: wordOf('householdType', typeWords),
  是脱贫户: {
    needs: { household: ['householdType', 'exitStatus'] },
    value: (row) => {
      const status = row.cell('exitStatus')
      if (status !== null) return status === 'exited'
      return readWord(row.cell('householdType'), typeWords) === '一般农户' ? false : null
    },
  },
  县代码: { needs: {}, value: (row) => row.areaPath.split('.')[2] ?? null },
  乡镇代码: { needs: {}, value: (row) => row.areaPath.split('.')[3] || null },
  行政村代码: { needs: {}, value: (row) => row.areaPath.split('.')[4] || null },
  住房不安全: {
    needs: { household: ['dangerousHouse', 'houseGrade', 'postHouseDamaged'] },
    value: (row) => {
      const grade = readWord(row.cell('houseGrade'), houseGrades)
      const isBadGrade = grade === null ? null : grade === 'C级' || grade === 'D级'
      return unsafe([readYes(row.cell('dangerousHouse')), isBadGrade], readYes(row.cell('postHouseDamaged')))
    },
  },
  饮水不安全: {
    needs: { household: ['safeWater', 'waterDifficult', 'postWaterDamaged'] },
    value: (row) => {
      const safe = readYes(row.cell('safeWater'))
      return unsafe([safe === null ? null : !safe, readYes(row.cell('waterDifficult'))], readYes(row.cell('postWaterDamaged')))
    },
  },
  住房等级: wordOf('houseGrade', houseGrades),
  是危房户: yesOf('dangerousHouse'),
  是易地搬迁户: yesOf('relocated'),
  整户无劳动能力兜底保障户: yesOf('noLaborHousehold'),
  识别时有义务教育失学: yesOf('schoolDropoutAtIdent'),
  识别时住房不安全: yesOf('houseUnsafeAtIdent'),
  识别时饮水不安全: yesOf('waterUnsafeAtIdent'),
  识别时有人未参保: yesOf('uninsuredAtIdent'),
  消除后有义务教育失学: yesOf('postDropout'),
  消除后住房损毁: yesOf('postHouseDamaged'),
  消除后有人未参保: yesOf('postUninsured'),
  消除后饮水设施损毁: yesOf('postWaterDamaged'),
  耕地面积: numberOf('cultivatedLandMu', 4),
  林地面积: numberOf('forestLandMu', 4),
  林果面积: numberOf('orchardMu', 4),
  水面面积: numberOf('waterSurfaceMu', 4),
  住房面积: numberOf('housingAreaM2', 2),
  与村主干路距离: numberOf('distanceToMainRoadKm', 2),
  入户路类型: wordOf('roadType', ['泥土路', '砂石路', '水泥路', '沥青路']),
  入户道路已硬化: yesOf('houseRoadPaved'),
  有卫生厕所: yesOf('sanitaryToilet'),
  卫生厕所可用: yesOf('toiletUsable'),
  通生活用电: yesOf('domesticPower'),
  加入合作社: yesOf('cooperativeMember'),
  有龙头企业带动: yesOf('leadingEnterpriseLink'),
  有致富带头人带动: yesOf('entrepreneurLink'),
  脱贫年度: numberOf('povertyExitYear'),
}

/** Damage that was reported later counts; that none was reported says nothing of a house or a well that nobody looked at. */
function unsafe(looked: readonly (boolean | null)[], damaged: boolean | null): boolean | null {
  if (damaged === true) return true
  const known = looked.filter((one) => one !== null)
  return known.length === 0 ? null : anyTrue(known)
}
