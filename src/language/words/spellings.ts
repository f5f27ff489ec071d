// Traditional characters that occur in the words and place names of this work, each before its simplified form. What would need a
// dictionary (乾, 徵, 覆 in 覆盖率) is left out: a wrong character in a unit's name is worse than an unread line.
const PAIRS =
  '誰谁個个學学這这們们來来時时間间點点報报問问題题單单區区縣县鎮镇鄉乡園园應应該该總总結结張张發发開开會会議议記记錄录賬账帳账臺台檢检' +
  '詢询導导師师長长級级務务網网頁页評评價价標标準准則则項项達达績绩責责幾几還还沒没過过裡里裏里週周後后從从無无與与為为爲为麼么嗎吗請请謝谢' +
  '關关於于實实驗验綜综專专類类種种門门辦办處处書书軟软數数據据圖图體体衛卫藝艺統统計计審审進进設设備备經经費费財财產产業业創创雙双減减優优' +
  '質质義义覽览緊紧參参觀观聽听課课隊队組组員员聯联絡络電电話话號号碼码簡简稱称別别強强築筑屆届屬属歸归綁绑領领顯显狀状態态樣样東东鐘钟鍾钟' +
  '節节勞劳動动國国慶庆歲岁壓压縮缩運运營营錢钱買买賣卖條条約约談谈協协調调複复復复陳陈趙赵孫孙吳吴鄭郑馮冯蔣蒋瀋沈韓韩楊杨許许呂吕劉刘黃黄' +
  '葉叶馬马羅罗鄧邓蕭萧盧卢蘇苏龍龙萬万賴赖灣湾島岛雲云臨临廣广橋桥陽阳陰阴寧宁劃划綠绿紅红燈灯啟启佈布隨随機机對对錯错讓让給给負负適适轉转' +
  '認认圍围場场變变環环證证齡龄';

const simplified = new Map<string, string>();
for (let index = 0; index < PAIRS.length; index += 2) simplified.set(PAIRS.charAt(index), PAIRS.charAt(index + 1));

/** Traditional to simplified, character by character; what the table does not know stays. */
export const simplify = (text: string): string =>
  Array.from(text, (character) => simplified.get(character) ?? character).join('');

// What voice input and pinyin keyboards make of the field's words, unless the neighbours show that another word was meant
// (监督到位, 今日成立, 负责人). No right side makes a left side, so that correcting twice is correcting once.
const TYPOS: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/整(该|概)|正改(?!进|变|为|成)/g, '整改'],
  [/催半|崔办/g, '催办'],
  [/督伴/g, '督办'],
  [/(?<![今明昨当次前后生节假\d])日(成(?![立为功果员绩效都人])|呈(?![报现送])|诚)/g, '日程'],
  [/(?<!监)督(到(?!位)|道)/g, '督导'],
  [/(?<!负)责人(?=单位|督学|分工)/g, '责任'],
  [/截至(?=日期|时间)|[结接]止|截只/g, '截止'],
  [/青单/g, '清单'],
  [/细责/g, '细则'],
  [/绑订|邦定|帮定/g, '绑定'],
  [/帐/g, '账'],
];

export const correctTypos = (text: string): string =>
  TYPOS.reduce((corrected, [wrong, right]) => corrected.replace(wrong, right), text);
