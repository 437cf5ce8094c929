import { divideRounded, readScaled, type Cells, type HouseholdFact, type HouseholdRow } from './fact.ts'
import { dayOf, moneyOf } from './fact-fields.ts'

const fen = (row: Cells, key: string) => readScaled(row.cell(key), 0)

/** The people by whom the export divides; the register's own members where it does not say. */
const peopleOf = (row: Cells, members: number) => readScaled(row.cell('memberCount'), 0) ?? (members === 0 ? null : members)

const perPerson = (amount: number | null, people: number | null) =>
  amount === null || people === null ? null : divideRounded(amount, people)

/** 参考收入 = 纯收入 + 理赔收入 − 合规自付支出 (policy.md §3.1); as the form has it where it does. */
function referenceOf(row: Cells): number | null {
  const stated = fen(row, 'referenceIncome')
  if (stated !== null) return stated
  const [net, claim, paid] = [fen(row, 'netIncome'), fen(row, 'claimIncome'), fen(row, 'eligibleOwnPaidExpense')]
  return net === null || claim === null || paid === null ? null : net + claim - paid
}

/** As the export has it; else the household's income by its people. */
function netPerPerson(row: HouseholdRow): number | null {
  return fen(row, 'netIncomePerCapita') ?? perPerson(fen(row, 'netIncome'), peopleOf(row, row.members.length))
}

/** Name of a fact and the field it is: items by class as policy.md §3.2 has them. */
export const incomeItems = {
  工资性收入: 'wageIncome',
  务工收入: 'wageMigrant',
  公益性岗位收入: 'wagePublicPostTotal',
  行业部门公益岗收入: 'wagePublicPostDept',
  乡镇公益岗收入: 'wagePublicPostTown',
  村级公益岗收入: 'wagePublicPostVillage',
  其他工资性收入: 'wageOther',
  生产经营性收入: 'businessIncome',
  种植业收入: 'businessCrops',
  养殖业收入: 'businessLivestock',
  林果业收入: 'businessForestFruit',
  其他生产经营性收入: 'businessOther',
  财产性收入: 'propertyIncome',
  资产收益分红收入: 'propertyAssetDividend',
  土地流转收入: 'propertyLandTransfer',
  代种代养收入: 'propertyEntrusted',
  其他财产性收入: 'propertyOther',
  转移性收入: 'transferIncome',
  计划生育金: 'transferFamilyPlanning',
  低保金: 'transferDibao',
  特困供养金: 'transferTekun',
  养老保险金: 'transferPension',
  生态补偿金: 'transferEcology',
  退耕还林补贴: 'transferEcologyGrainForGreen',
  公益林补贴: 'transferEcologyForest',
  草原生态奖补: 'transferEcologyGrass',
  其他生态补偿金: 'transferEcologyOther',
  地力补贴: 'transferFarmland',
  高龄补贴: 'transferOldAge',
  优抚金: 'transferPreferential',
  残疾补贴: 'transferDisability',
  教育扶持: 'transferEducation',
  救灾款: 'transferDisasterRelief',
  赡养费: 'transferSupportFee',
  社会救济和补助: 'transferSocialRelief',
  防贫保险金: 'transferAntiPovertyInsurance',
  经常性捐赠和赔偿: 'transferDonation',
  产业奖励: 'transferIndustryAward',
  就业奖励: 'transferEmploymentAward',
  其他转移性收入: 'transferOther',
  生产经营性支出: 'businessExpense',
  种植业支出: 'expenseCrops',
  养殖业支出: 'expenseLivestock',
  林果业支出: 'expenseForestFruit',
  其他生产经营性支出: 'expenseOther',
  冲减支出的补贴: 'expenseOffsetSubsidy',
  理赔收入: 'claimIncome',
  合规自付支出: 'eligibleOwnPaidExpense',
  年收入: 'grossIncome',
  家庭纯收入: 'netIncome',
  上年度人均纯收入: 'lastYearNetIncomePerCapita',
  消除后工资性收入: 'postWageIncome',
  消除后财产性收入: 'postPropertyIncome',
  消除后转移性收入: 'postTransferIncome',
  消除后生产经营性收入: 'postBusinessIncome',
  消除后生产经营性支出: 'postBusinessExpense',
  消除后家庭纯收入: 'postNetIncome',
  消除后人均纯收入: 'postNetIncomePerCapita',
  消除后理赔收入: 'postClaimIncome',
  消除后合规自付支出: 'postEligibleOwnPaidExpense',
} as const

const referenceCells = ['referenceIncome', 'netIncome', 'claimIncome', 'eligibleOwnPaidExpense']

/** Facts of income, in fen. */
export const incomeFacts: Readonly<Record<string, HouseholdFact>> = {
  ...Object.fromEntries(Object.entries(incomeItems).map(([name, key]) => [name, moneyOf(key)])),
  人均纯收入: {
    needs: { household: ['netIncomePerCapita', 'netIncome', 'memberCount'], member: [] },
    value: netPerPerson,
  },
  参考收入: { needs: { household: referenceCells }, value: referenceOf },
  人均参考收入: {
    needs: { household: ['referenceIncomePerCapita', 'memberCount', ...referenceCells], member: [] },
    value: (row) => fen(row, 'referenceIncomePerCapita') ?? perPerson(referenceOf(row), peopleOf(row, row.members.length)),
  },
  收入下降比例: {
    needs: { household: ['lastYearNetIncomePerCapita', 'netIncomePerCapita', 'netIncome', 'memberCount'], member: [] },
    value: (row) => {
      const [before, now] = [fen(row, 'lastYearNetIncomePerCapita'), netPerPerson(row)]
      return before === null || now === null ? null : divideRounded((before - now) * 10_000, before)
    },
  },
  收入计算开始日: dayOf('periodStart'),
  收入计算结束日: dayOf('periodEnd'),
}
