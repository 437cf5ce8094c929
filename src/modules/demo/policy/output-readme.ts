import { county } from './places.ts'

/** The README.md that lies in every output, so that nobody takes the data for real. */
export function outputReadme(seed: string, households: number): string {
  return `# 模拟数据 / synthetic data

${county.county}（${county.countyCode}，${county.prefecture}，${county.province}）不存在。本目录全部人员、号码、企业、事件均为程序虚构，不得用于任何真实用途。
This county does not exist. All persons, numbers, firms and events were invented by a program (${households} households, seed ${seed}; the same seed gives the same bytes).
Identity numbers begin with regions never assigned (9903xx) and have a right birth date and check character; telephones begin with 154 or 164; plates hold the letter I; firm codes name the unassigned region 990399.

- \`areas.csv\`: code, name, level, parent_code from province to villagers' group
- \`registry/农户信息.csv\`: the rural register (GB18030); its numbers are right
- \`national/\`: five exports of the national system (title, export time, labels in row 3, cells as text), 脱贫户 and monitored households
- \`departments/YYYYMM/\`: twelve lists per month, each in its department's own layout, with planted mistakes
- \`thresholds.json\`: every limit used for the truth
- \`truth/matches.csv\`: for every row of every list the person it is about and the class: exact, normalised, repaired, fuzzy, ambiguous, none
- \`truth/leads.csv\`, \`truth/leads_merged.csv\`: what the rules must find (expected 1) and must not find (0)
- \`truth/delta.csv\` (first pair of months), \`truth/delta-YYYYMM.csv\` (later pairs): rows new, changed, same, vanished
- \`truth/classification.csv\`: layer and labour class of every household of the monitoring export, on the last day of the last month

Leads are denser than in life. A class is what a reader can know from the row alone: one digit wrong, tail lost, old 15 digits and the head's number are
"repaired" when they lead to exactly one person whose name agrees; without a usable number one person by name and place, or name and telephone, is "fuzzy".
`
}
