const TITLE =
  '(?:督导组|副|总)?(?:组长|主任|局长|科长|处长|校长|园长|所长|区长|县长|镇长|书记|督学|老师|同志|联络员|委员)';
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤施褚卫尤戚柏窦章云葛奚鲁庞樊凌霍虞柯管裘缪解应宗宣邢裴翁荀羊惠家封储靳仲伊宁仇祖景詹束印宿怀蒲从索籍赖卓蔺屠蒙池乔阴胥苍双闻党翟贡劳姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容古易慎戈庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越隆师巩厍聂晁勾敖融冷訾辛阚那简饶空';

/** 高中校长, 党委书记: offices, although they begin with a surname. */
const NO_NAME = '(?!高中|党|常务|方案|金融|东部|西部)';

/** 陈甲组长: a person of whom the directory may know nothing; schedules name people in plain text. */
export const TITLED_PERSON = new RegExp(
  `^${NO_NAME}([${SURNAMES}]\\p{Script=Han}{1,2}?)${TITLE}|^${TITLE}${NO_NAME}([${SURNAMES}]\\p{Script=Han}{1,2})(?!\\p{Script=Han})`,
  'u',
);

/** A title right after or right before a name. */
export const TITLE_AFTER = new RegExp(`^ ?${TITLE}`);
export const TITLE_BEFORE = new RegExp(`${TITLE} ?$`);
