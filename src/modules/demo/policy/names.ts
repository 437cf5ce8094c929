/**
 * Characters of invented names with one reading each (tone as digit). Characters with several readings are left out, except surnames,
 * which carry their reading as a surname. No source: frequencies are only roughly those of China.
 */
export const surnames =
  '王wang2:70 李li3:72 张zhang1:66 刘liu2:54 陈chen2:48 杨yang2:33 黄huang2:25 赵zhao4:22 吴wu2:21 周zhou1:20 徐xu2:16 孙sun1:15 马ma3:13 朱zhu1:13 胡hu2:12 郭guo1:12 何he2:11 林lin2:11 高gao1:11 罗luo2:10 郑zheng4:10 梁liang2:9 谢xie4:8 宋song4:8 唐tang2:8 许xu3:7 邓deng4:7 韩han2:7 冯feng2:7 曹cao2:6 彭peng2:6 曾zeng1:6 肖xiao1:6 田tian2:6 董dong3:6 潘pan1:5 袁yuan2:5 蔡cai4:5 蒋jiang3:5 余yu2:5 于yu2:5 杜du4:5 叶ye4:4 程cheng2:4 魏wei4:4 苏su1:4 吕lv3:4 丁ding1:4 任ren2:4 卢lu2:4 姚yao2:4 沈shen3:4 钟zhong1:4 姜jiang1:3 崔cui1:3 谭tan2:3 陆lu4:3 范fan4:3 汪wang1:3 廖liao4:3 石shi2:3 金jin1:3 韦wei2:3 贾jia3:2 夏xia4:2 付fu4:2 方fang1:2 邹zou1:2 熊xiong2:2 白bai2:2 孟meng4:2 秦qin2:2 邱qiu1:2 侯hou2:2 江jiang1:2 尹yin3:2 薛xue1:2 雷lei2:2 段duan4:2 龙long2:2 史shi3:2 贺he4:2 顾gu4:1 龚gong1:1 严yan2:1 单shan4:0.8 区ou1:0.8 解xie4:0.8 仇qiu2:0.8 盖ge3:0.8 欧阳ou1yang2:0.6 尉迟yu4chi2:0.1 令狐ling2hu2:0.1'

export const givenOfMen = {
  old: '建jian4 国guo2 华hua2 明ming2 军jun1 志zhi4 德de2 福fu2 贵gui4 财cai2 金jin1 根gen1 富fu4 有you3 松song1 柏bai3 林lin2 山shan1 春chun1 才cai2 光guang1 忠zhong1 义yi4 祥xiang2 保bao3 荣rong2 文wen2 永yong3 正zheng4 学xue2 云yun2 庆qing4 海hai3 成cheng2 清qing1 民min2 喜xi3 全quan2 连lian2 玉yu4',
  young:
    '伟wei3 强qiang2 磊lei3 涛tao1 斌bin1 超chao1 鹏peng2 浩hao4 宇yu3 轩xuan1 杰jie2 俊jun4 峰feng1 辉hui1 亮liang4 勇yong3 波bo1 凯kai3 晨chen2 博bo2 睿rui4 泽ze2 豪hao2 航hang2 文wen2 子zi3 昊hao4 铭ming2 辰chen2 皓hao4 骏jun4 峻jun4 宸chen2 毅yi4 阳yang2 帆fan1 翔xiang2 嘉jia1 佳jia1 振zhen4',
}

export const givenOfWomen = {
  old: '秀xiu4 英ying1 芳fang1 兰lan2 梅mei2 桂gui4 玉yu4 珍zhen1 香xiang1 凤feng4 莲lian2 菊ju2 春chun1 翠cui4 娥e2 云yun2 桃tao2 银yin2 金jin1 满man3 爱ai4 冬dong1 月yue4 红hong2 琴qin2 连lian2 莉li4 丽li4 霞xia2 燕yan4 艳yan4 娟juan1 平ping2 萍ping2 美mei3 华hua2 珠zhu1 素su4',
  young:
    '静jing4 婷ting2 雪xue3 丽li4 莉li4 敏min3 倩qian4 欣xin1 怡yi2 涵han2 萱xuan1 琳lin2 玲ling2 铃ling2 雅ya3 诗shi1 语yu3 雨yu3 梦meng4 思si1 佳jia1 嘉jia1 晗han2 梓zi3 子zi3 颖ying3 慧hui4 洁jie2 露lu4 瑶yao2 馨xin1 彤tong2 可ke3 妍yan2 蕾lei3 文wen2 雯wen2 悦yue4',
}

/** Like-sounding characters besides those above, for names written by ear. */
export const soundAlikes =
  '纬wei3 玮wei3 宏hong2 鸿hong2 虹hong2 钧jun1 君jun1 瑛ying1 樱ying1 徽hui1 智zhi4 健jian4 剑jian4 岚lan2 澜lan2 绣xiu4 媒mei2 玫mei2 灵ling2 凌ling2 纹wen2 新xin1 鑫xin1 紫zi3 函han2 宣xuan1 尘chen2 家jia1 宜yi2 庭ting2 霖lin2 敬jing4 靖jing4 侠xia2 椿chun1 隆long2 芸yun2 真zhen1 贞zhen1 湘xiang1 津jin1 望wang4 声sheng1 锋feng1 丰feng1 羽yu3 莹ying2 园yuan2 圆yuan2 姗shan1 珊shan1'

/** Simplified and traditional writing of the same character. */
export const traditional =
  '陈陳 刘劉 张張 黄黃 罗羅 邓鄧 谢謝 杨楊 叶葉 赵趙 吴吳 孙孫 马馬 韩韓 冯馮 卢盧 龙龍 贺賀 谭譚 邹鄒 陆陸 苏蘇 顾顧 严嚴 郑鄭 蒋蔣 单單 区區 贾賈 韦韋 龚龔 许許 国國 华華 军軍 贵貴 财財 义義 荣榮 学學 云雲 庆慶 连連 伟偉 强強 涛濤 鹏鵬 轩軒 辉輝 泽澤 铭銘 骏駿 阳陽 兰蘭 莲蓮 凤鳳 银銀 满滿 爱愛 红紅 丽麗 艳艷 静靜 诗詩 语語 梦夢 铃鈴 颖穎 洁潔 瑶瑤'

/** Characters that old programs cannot write; readings with tone. */
export const rareGiven = '䶮yan3 𬱖wei3 翀chong1 昶chang3 赟yun1 堃kun1 犇ben1'

/** Invented names of minorities with a middle dot: first and second part. */
export const dottedFirst = '阿依a1yi1 古丽gu3li4 买买提mai3mai3ti2 吉克ji2ke4 阿木a1mu4 沙马sha1ma3 依布yi1bu4 热娜re4na4'
export const dottedSecond = '木加mu4jia1 尔布er3bu4 买提mai3ti2 古力gu3li4 伍各wu3ge4 阿加a1jia1 艾山ai4shan1 夏提xia4ti2'
