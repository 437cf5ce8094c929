import { readScaled, readYes, type VillageFact } from './fact.ts'

/** Kinds of villages as the register keeps them, and what people call them. */
export const villageKindWords: Readonly<Record<string, string>> = {
  poor: '贫困村',
  exited: '脱贫村',
  ordinary: '非贫困村',
  'ordinary-many-poor': '贫困人口较多的非贫困村',
  'key-support': '重点帮扶村',
  demonstration: '示范村',
}

const numberOf = (key: string, decimals = 0): VillageFact => ({ value: (row) => readScaled(row.cell(key), decimals) })
const yesOf = (key: string): VillageFact => ({ value: (row) => readYes(row.cell(key)) })

/** Nobody gave the village any kind: of what kind it is not is then not known. */
const isOfKind = (kind: string): VillageFact => ({ value: (row) => (row.kinds.length === 0 ? null : row.kinds.includes(kind)) })

/** Facts of a village by name. */
export const villageFacts: Readonly<Record<string, VillageFact>> = {
  村类型: { value: (row) => (row.kinds.length === 0 ? null : row.kinds.map((kind) => villageKindWords[kind] ?? kind)) },
  是贫困村: isOfKind('poor'),
  是脱贫村: {
    value: (row) => (row.kinds.includes('exited') ? true : (readYes(row.cell('villageExited')) ?? (row.kinds.length === 0 ? null : false))),
  },
  是重点帮扶村: isOfKind('key-support'),
  是示范村: isOfKind('demonstration'),
  户数: { value: (row) => row.counted.households },
  人口数: { value: (row) => row.counted.persons },
  脱贫户数: { value: (row) => row.counted.registeredHouseholds },
  脱贫人口数: { value: (row) => row.counted.registeredPersons },
  监测户数: { value: (row) => row.counted.monitoredHouseholds },
  未消除监测户数: { value: (row) => row.counted.openHouseholds },
  县代码: { value: (row) => row.areaPath.split('.')[2] ?? null },
  乡镇代码: { value: (row) => row.areaPath.split('.')[3] ?? null },
  行政村代码: { value: (row) => row.areaPath.split('.')[4] ?? null },
  上报总户数: numberOf('totalHouseholds'),
  上报总人口数: numberOf('totalPopulation'),
  低保户数: numberOf('dibaoHouseholds'),
  低保人口数: numberOf('dibaoPopulation'),
  特困供养人口数: numberOf('tekunPopulation'),
  残疾人口数: numberOf('disabledPopulation'),
  危房户数: numberOf('dangerousHouseHouseholds'),
  未实现饮水安全户数: numberOf('unsafeWaterHouseholds'),
  居民养老保险参保人数: numberOf('pensionParticipants'),
  通硬化路到乡镇: yesOf('pavedRoadToTown'),
  通客运班车: yesOf('busService'),
  村小学个数: numberOf('primarySchools'),
  卫生室个数: numberOf('clinics'),
  执业医师人数: numberOf('doctors'),
  公共厕所个数: numberOf('publicToilets'),
  文化室个数: numberOf('libraries'),
  垃圾集中堆放点个数: numberOf('wastePoints'),
  村集体经济收入: numberOf('collectiveIncome'),
  农民人均纯收入: numberOf('farmerIncomePerCapita'),
  村耕地面积: numberOf('villageCultivatedLandMu', 4),
  村林地面积: numberOf('villageForestLandMu', 4),
}
