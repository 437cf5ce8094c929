import { anyTrue, countTrue, readWord, type Cells, type HouseholdFact } from './fact.ts'
import { wordOf } from './fact-fields.ts'

export const riskWords = [
  '因病',
  '因自然灾害',
  '因残',
  '缺劳动力',
  '因意外事故',
  '因产业项目失败',
  '因务工就业不稳',
  '因学',
  '因安全住房',
  '因安全饮水',
  '其他',
] as const

const riskKeys = ['riskType1', 'riskType2', 'riskType3', 'riskType4', 'riskType5'] as const

/** Name of a fact and the measures it stands for: what the monitoring export lists under that column. */
export const measures = {
  有产业帮扶: 'measureIndustry',
  有就业帮扶: 'measureEmployment',
  有金融帮扶: 'measureFinance',
  有公益岗位帮扶: 'measurePublicPost',
  有健康帮扶: 'measureHealth',
  有义务教育保障: 'measureCompulsoryEducation',
  有教育帮扶: 'measureEducation',
  有综合保障: 'measureComprehensive',
  有住房安全保障: 'measureHousing',
  有饮水安全保障: 'measureWater',
  有社会帮扶: 'measureSocial',
  有搬迁: 'measureRelocation',
  有生产生活条件改善: 'measureLivingConditions',
  有基础设施建设: 'measureInfrastructure',
} as const

/**
 * A measure that the export lists. The export asks for measures of monitored households only: there an empty cell says that none is entered,
 * of any other household it says nothing.
 */
function hasMeasure(row: Cells, key: string): boolean | null {
  if (row.cell(key) !== null) return true
  return row.cell('inMonitoring') === 'true' && row.cell('monitorCategory') !== null ? false : null
}

const needsOf = (...keys: readonly string[]) => ({ household: [...keys, 'inMonitoring', 'monitorCategory'] })
const development = ['measureIndustry', 'measureEmployment', 'measureFinance', 'measurePublicPost']
const all = Object.values(measures)

/** The main risk: the first that is entered; none of a household that is not monitored. */
function riskAt(row: Cells, key: string): string | null {
  if (row.cell('monitorCategory') === null) return '无'
  return readWord(row.cell(key), riskWords)
}

const tagNames: Readonly<Record<string, string>> = {
  edge: '边缘户',
  dibao: '低保户',
  'tekun-scattered': '分散供养特困户',
  'severe-disability': '重残户',
  'serious-illness': '重病户',
  'low-income': '农村低收入人口',
}

/** Whether the household carries a tag on the day: the register knows all its tags. */
function hasTag(tag: string): HouseholdFact {
  return { needs: { household: ['tags'] }, value: (row) => row.cell('tags')?.split(',').includes(tag) ?? false }
}

/** Risks, measures, leads and tags. */
export const helpFacts: Readonly<Record<string, HouseholdFact>> = {
  主要风险: { needs: { household: ['riskType1', 'monitorCategory'] }, value: (row) => riskAt(row, 'riskType1') },
  风险个数: {
    needs: { household: [...riskKeys, 'monitorCategory', 'inMonitoring'] },
    value: (row) => {
      if (row.cell('monitorCategory') === null) return 0
      const count = riskKeys.filter((key) => row.cell(key) !== null).length
      return count === 0 && row.cell('inMonitoring') !== 'true' ? null : count
    },
  },
  自然灾害种类: wordOf('naturalDisasterType', ['洪涝灾害', '地质灾害', '旱灾', '生物灾害', '气象灾害', '地震灾害', '其他']),
  ...Object.fromEntries(
    Object.entries(measures).map(([name, key]): [string, HouseholdFact] => [
      name,
      { needs: needsOf(key), value: (row) => hasMeasure(row, key) },
    ]),
  ),
  有开发式帮扶: { needs: needsOf(...development), value: (row) => anyTrue(development.map((key) => hasMeasure(row, key))) },
  帮扶措施类数: { needs: needsOf(...all), value: (row) => countTrue(all.map((key) => hasMeasure(row, key))) },
  有委托帮扶: {
    needs: { household: ['measureComprehensive', 'measureSocial'] },
    value: (row) => ['measureComprehensive', 'measureSocial'].some((key) => row.cell(key)?.includes('委托') === true) || null,
  },
  开发式帮扶实施情况: wordOf('developmentMeasureStatus', ['尚未实施', '已实施', '不适用（无劳动能力）']),
  有未结线索: { needs: { lead: true }, value: (row) => row.hasOpenLead },
  ...Object.fromEntries(Object.entries(tagNames).map(([tag, name]) => [`标签${name}`, hasTag(tag)])),
}
