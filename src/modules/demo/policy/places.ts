/** The invented county and the syllables its townships and villages are made of. Region codes beginning with 99 were never assigned. */
export const county = {
  provinceCode: '99',
  province: '云泽省',
  prefectureCode: '9903',
  prefecture: '禾川市',
  countyCode: '990301',
  county: '青禾县',
} as const

/** First six digits of the identity numbers: never assigned either. */
export const idRegions = ['990391', '990392', '990394', '990396', '990397', '990398'] as const

export const townshipFirst = '麦澄岚蔚栖沐霁砚菱蓼汀鹭芦枫桐桑槐柚榆棠苇荻樟栎'
export const townshipSecond = '溪塘渡岭坪桥湾洲冲坳垄泉'
export const villageFirst =
  '上麦下麦前澄后澄稻香禾丰桑园柳荫荷风竹影松涛橘井枣岗瓜洲豆坪蕨坡笋坳菱角芦花蓼汀鹭洲雁回鹤鸣鹿饮云起霁月朝露晚照星垂'
export const villageSecond = '垅坪冲塘湾坳桥岭寨畈洼垱'

export const homeProvinceJobs = [
  ['云泽省', '禾川市', '青禾县'],
  ['云泽省', '禾川市', '麦浪县'],
  ['云泽省', '澄江市', '澄东区'],
] as const
export const farJobs = [
  ['广东省', '深圳市', '宝安区'],
  ['广东省', '东莞市', ''],
  ['广东省', '佛山市', '顺德区'],
  ['浙江省', '宁波市', '鄞州区'],
  ['浙江省', '温州市', '鹿城区'],
  ['江苏省', '苏州市', '吴中区'],
  ['福建省', '泉州市', '丰泽区'],
] as const
export const nations = [
  ['汉族', 93],
  ['土家族', 3],
  ['苗族', 2],
  ['侗族', 1.4],
  ['瑶族', 0.6],
] as const
