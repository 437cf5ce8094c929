import type { Client } from 'pg'

/**
 * The peer: the rules that can be said in SQL, as queries over the register's own columns and facts, one query a rule. Those of encrypted
 * numbers and telephones, of several rows per person and of other exports are left out; what is counted is printed.
 */
const ofPersons: Readonly<Record<string, string>> = {
  Q011: `(sex = 'male' AND relation IN ('之女','之儿媳','之孙女','之外孙女','之母','之岳母','之婆婆','之祖母','之外祖母','之兄弟媳妇','之侄女','之曾孙女')) OR (sex = 'female' AND relation IN ('之子','之女婿','之孙子','之外孙子','之父','之岳父','之公公','之祖父','之外祖父','之叔伯','之侄儿','之曾孙子'))`,
  Q012: `relation IS NULL`,
  Q013: `ethnicity IS NULL`,
  Q016: `education IS NULL AND student IS NULL AND dropout IS NULL`,
  Q017: `education IS NOT NULL AND student IS NOT NULL`,
  Q018: `age BETWEEN 6 AND 16 AND student IS NULL AND dropout IS NULL`,
  Q019: `dropout IN ('因病','因残') AND health = '健康'`,
  Q020: `age >= 7 AND health = '健康' AND student IN ('学龄前儿童','学前教育')`,
  Q021: `student = '小学' AND age NOT BETWEEN 6 AND 14`,
  Q022: `student IN ('七年级','八年级','九年级') AND age NOT BETWEEN 12 AND 17`,
  Q023: `(student LIKE '普通高中%' OR student LIKE '中职%') AND age NOT BETWEEN 15 AND 20`,
  Q024: `education IN ('大专','本科及以上') AND age < 18`,
  Q025: `student = '硕士研究生及以上' AND age < 20`,
  Q026: `age BETWEEN 16 AND 22 AND education IN ('小学','文盲或半文盲')`,
  Q027: `labour IS NULL`,
  Q028: `health IS NULL`,
  Q029: `age < 16 AND labour <> '无劳动力'`,
  Q030: `student IS NOT NULL AND labour <> '无劳动力'`,
  Q031: `age >= 60 AND labour IN ('普通劳动力','技能劳动力')`,
  Q032: `age BETWEEN 16 AND 59 AND health = '健康' AND student IS NULL AND labour IN ('无劳动力','丧失劳动力','弱劳动力或半劳动力')`,
  Q033: `health <> '健康' AND labour IN ('普通劳动力','技能劳动力')`,
  Q035: `health LIKE '%残疾%' AND id_type IS DISTINCT FROM '残疾人证'`,
  Q036: `resident IS NOT DISTINCT FROM employee AND resident IS DISTINCT FROM true`,
  Q037: `resident AND employee`,
  Q038: `major IS NULL`,
  Q039: `(resident IS NOT TRUE AND employee IS NOT TRUE) OR NOT major`,
  Q040: `pension IS NULL AND employee_pension IS NULL`,
  Q125: `tekun IN ('农村特困','城市特困') AND age BETWEEN 18 AND 59 AND health = '健康' AND student IS NULL`,
  Q130: `age < 16 AND post IS NOT NULL`,
  Q131: `age >= 70 AND post IS NOT NULL`,
  Q132: `array_length(string_to_array(post, ','), 1) >= 3`,
  Q133: `(post IS NULL) <> (coalesce(post_months, 0) = 0)`,
  Q134: `labour IN ('无劳动力','丧失劳动力') AND post IS NOT NULL`,
}
const ofHouseholds: Readonly<Record<string, string>> = {
  Q042: `monitor IS NULL AND dangerous`,
  Q043: `monitor IS NULL AND NOT safe_water`,
  Q044: `cultivated NOT BETWEEN 0 AND 100 OR pasture NOT BETWEEN 0 AND 100 OR water NOT BETWEEN 0 AND 100 OR forest NOT BETWEEN 0 AND 200 OR green NOT BETWEEN 0 AND 200 OR orchard NOT BETWEEN 0 AND 200`,
  Q045: `cultivated IS NULL OR pasture IS NULL OR water IS NULL OR forest IS NULL OR green IS NULL OR orchard IS NULL`,
  Q046: `green > coalesce(forest, 0) + coalesce(pasture, 0)`,
  Q047: `distance IS NULL OR distance > 5`,
  Q048: `paved IS NULL`,
  Q050: `dangerous IS NULL`,
  Q051: `safe_water IS NULL`,
  Q053: `power IS NOT TRUE`,
  Q054: `grade IN ('C级','D级') AND NOT dangerous`,
  Q059: `monitor IS NULL AND per_head < 750000`,
  Q060: `per_head IS NULL OR per_head < 400000`,
  Q061: `monitor IS NOT NULL AND per_head > 2000000`,
  Q062: `wage > 0 AND wage < 10000`,
  Q063: `(wage > 0 AND wage < 30000) OR wage > 30000000`,
  Q064: `business > 0 AND coalesce(expense, 0) = 0`,
  Q065: `ecology > 0 AND coalesce(green, 0) = 0`,
  Q066: `dibao > 0 AND dibao < 20000`,
  Q067: `pension > 0 AND pension < 8800`,
  Q069: `last_year > 0 AND (last_year - per_head) >= 0.3 * last_year`,
  Q072: `monitor IS NOT NULL AND risk1 IS NULL`,
  Q112: `monitor IS NOT NULL AND cleared AND EXISTS (SELECT 1 FROM bench_person p WHERE p.household_id = h.household_id)
         AND NOT EXISTS (SELECT 1 FROM bench_person p WHERE p.household_id = h.household_id AND p.labour IS DISTINCT FROM '无劳动力' AND p.labour IS DISTINCT FROM '丧失劳动力')`,
}
const ofMembers: Readonly<Record<string, string>> = {
  Q007: `count(*) FILTER (WHERE relation = '户主') = 0`,
  Q008: `count(*) FILTER (WHERE relation = '户主') > 1`,
  Q009: `count(*) FILTER (WHERE relation = '配偶') > 1`,
}

/** Runs the peer and prints its seconds, and rules whose count differs from ours. */
export async function runSqlRules(client: Client, ran: Readonly<Record<string, number>>): Promise<void> {
  const prepared = await timed(() => prepare(client))
  const counts = new Map<string, number>()
  const seconds = await timed(async () => {
    for (const [rule, where] of Object.entries(ofPersons))
      counts.set(rule, await count(client, `SELECT count(*)::int AS n FROM bench_person WHERE ${where}`))
    for (const [rule, where] of Object.entries(ofHouseholds))
      counts.set(rule, await count(client, `SELECT count(*)::int AS n FROM bench_household h WHERE ${where}`))
    for (const [rule, having] of Object.entries(ofMembers))
      counts.set(
        rule,
        await count(client, `SELECT count(*)::int AS n FROM (SELECT 1 FROM bench_person GROUP BY household_id HAVING ${having}) g`),
      )
  })
  const line = (name: string, value: string, note: string) => console.log(`${name.padEnd(44)}${value.padStart(14)}  ${note}`)
  line(
    'PostgreSQL: facts into typed tables',
    `${prepared.toFixed(2)} s`,
    'without numbers, telephones and other exports, which it could not judge',
  )
  line(`PostgreSQL: ${counts.size} of 139 rules, a query each`, `${seconds.toFixed(2)} s`, 'counts only, no finding says why')
  const differing = [...counts].filter(([rule, found]) => ran[rule] !== found)
  line(
    'counts that differ from ours',
    String(differing.length),
    differing.map(([rule, found]) => `${rule} ${found} (ours ${ran[rule] ?? 'not run'})`).join(', '),
  )
}

async function prepare(client: Client): Promise<void> {
  await client.query(`
    CREATE UNLOGGED TABLE bench_person AS
      SELECT p.household_id, p.sex, p.relation, p.labour_skill AS labour, extract(year FROM age(DATE '2023-12-31', p.born_on))::int AS age,
             f."idType" AS id_type, f.ethnicity, f."educationLevel" AS education, f."studentStatus" AS student, f."dropoutReason" AS dropout,
             f."healthStatus" AS health, f."residentMedicalInsurance" AS resident, f."employeeMedicalInsurance" AS employee,
             f."majorIllnessInsurance" AS major, f."residentPension" AS pension, f."employeePension" AS employee_pension,
             f."tekunStatus" AS tekun, f."publicPostType" AS post, f."publicPostMonths" AS post_months
      FROM registry.person p CROSS JOIN LATERAL jsonb_to_record(p.facts) AS f ("idType" text, ethnicity text, "educationLevel" text,
        "studentStatus" text, "dropoutReason" text, "healthStatus" text, "residentMedicalInsurance" boolean, "employeeMedicalInsurance" boolean,
        "majorIllnessInsurance" boolean, "residentPension" boolean, "employeePension" boolean, "tekunStatus" text, "publicPostType" text,
        "publicPostMonths" numeric);
    CREATE UNLOGGED TABLE bench_household AS
      SELECT h.household_id, h.monitor_category AS monitor, f."dangerousHouse" AS dangerous, f."safeWater" AS safe_water, f."houseGrade" AS grade,
             f."cultivatedLandMu" AS cultivated, f."forestLandMu" AS forest, f."grainForGreenMu" AS green, f."orchardMu" AS orchard,
             f."pastureMu" AS pasture, f."waterSurfaceMu" AS water, f."distanceToMainRoadKm" AS distance, f."houseRoadPaved" AS paved,
             f."domesticPower" AS power, f."netIncomePerCapita" AS per_head, f."lastYearNetIncomePerCapita" AS last_year, f."wageIncome" AS wage,
             f."businessIncome" AS business, f."businessExpense" AS expense, f."transferEcology" AS ecology, f."transferDibao" AS dibao,
             f."transferPension" AS pension, f."riskType1" AS risk1, f.eliminated AS cleared
      FROM registry.household h CROSS JOIN LATERAL jsonb_to_record(h.facts) AS f ("dangerousHouse" boolean, "safeWater" boolean, "houseGrade" text,
        "cultivatedLandMu" numeric, "forestLandMu" numeric, "grainForGreenMu" numeric, "orchardMu" numeric, "pastureMu" numeric,
        "waterSurfaceMu" numeric, "distanceToMainRoadKm" numeric, "houseRoadPaved" boolean, "domesticPower" boolean,
        "netIncomePerCapita" bigint, "lastYearNetIncomePerCapita" bigint, "wageIncome" bigint, "businessIncome" bigint, "businessExpense" bigint,
        "transferEcology" bigint, "transferDibao" bigint, "transferPension" bigint, "riskType1" text, eliminated boolean);
    ANALYZE bench_person; ANALYZE bench_household`)
}

async function count(client: Client, query: string): Promise<number> {
  return (await client.query<{ n: number }>(query)).rows[0]?.n ?? 0
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
