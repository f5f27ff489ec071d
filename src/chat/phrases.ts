/** How officials name a command, and the sentences that mean it without naming it. */
export interface Wording {
  /** Other names, matched at the start and at the end of a line; letters in either case. Latin ones must end at a space or a Chinese character. */
  readonly aliases: readonly string[];
  /** Matched on the normalised line with its spaces taken out, after names and after features that come later. */
  readonly phrases: readonly RegExp[];
}

// Aliases are first names, an English word, pinyin initials, then what training slides and voice input make of them.
// A word that is also an ordinary verb (安排, 逾期) is a phrase and no alias: 逾期5天以上的转督办 must not become a query.
const schedule: Wording = {
  aliases: ['schedule', 'rc', '督导日程表', '督导日程', '督导安排', '督导计划', '日程安排', '日程表', '行程'],
  phrases: [
    /谁(要|会|都)?(去|到|来|带队|值班|督导)/,
    /(去|到|来)(了|过)?(哪|几所|什么)/,
    /(哪|几)(些|个|几|所|几所|几个)?(人|组|督导组|专家)(去|到|来)/,
    /(什么时候|何时|哪天|几号|几点|多久).{0,6}(督导|检查|视导|来|去|到|集合|出发)/,
    /(督导|检查|视导).{0,4}(是|在)?(什么时候|何时|哪天|几号|几点)/,
    /(有|有没有|还有)(哪些|什么|几个|几次)?.{0,4}(督导|检查|视导|入校)(吗|么|没有)?$/,
    /(去|到)\S{2,12}(督导|检查|视导)(的)?(是谁|有谁|是哪些人)$/,
    /安排$|^督导$/,
    /值班|集合|(车辆|派车|坐什么车|食宿|住宿|住哪|路线).{0,4}$/,
  ],
};

const deadline: Wording = {
  aliases: [
    'deadline',
    'ddl',
    '任务',
    'task',
    'tasks',
    'todo',
    '待办',
    '到期',
    '截止日期',
    '截止时间',
    '任务清单',
    'jz',
  ],
  phrases: [
    /(要|需要|得|应|该)(交|报|报送|上报|提交|完成|做)(什么|哪些|啥|的)/,
    /(交|报|报送|上报|提交|完成)(什么|哪些|啥)/,
    /(有|还有)(哪些|什么|多少|几项)(任务|材料|工作|报告|事|要)|(任务|材料)(有|是|还有)(哪些|什么|多少|几项)/,
    /到期(的|了)?$|到期(的)?(有|是)?(哪些|什么)|快到期|(哪些|什么).{0,4}到期/,
    /逾期|超期|过期(的|了)|滞后|拖欠/,
    /(还)?(欠|差|剩)(着)?(什么|哪些|啥|多少)/,
    /^(?!.*(指标|监测点)).*(没|没有|未)(交|报|完成|提交|上报|办|做)/,
    /(任务|材料|报告)?(什么时候|何时|哪天|几号)(截止|到期|交|报|前交|前报)/,
  ],
};

const checklist: Wording = {
  aliases: [
    'checklist',
    'list',
    'qd',
    '评估细则',
    '细则',
    '评估指标',
    '指标体系',
    '指标',
    '评估标准',
    '评估清单',
    '清单查询',
    'indicator',
  ],
  phrases: [
    /一票否决|否决项|底线指标|前置条件/,
    /(?<![a-z])([a-z]{1,3}-?\d+(\.\d+)+|[a-z]{2,3}-[vx]?\d{1,2}(?!\d))/i,
    /^\d{1,2}\.\d{1,2}(是|指|的|标准|要求|谁|有)/,
    /第[一二三四五六七八九十\d]+部分第[一二三四五六七八九十\d]+[条项]/,
    /(哪些|什么|多少|几项|几个)(指标|监测点|考查要点|观测点|细则)|(指标|监测点|考查要点|观测点)(有|是)?(哪些|什么|多少|怎么)/,
    /(没|没有|未|不)达标|(没|没有|未)(完成|报|自评)的?(指标|监测点)|(指标|监测点).*(没|没有|未)(完成|报|自评)/,
    /八项督导|督导八项/,
    // What an indicator is called when nobody says 指标: words of the built-in sets that mean nothing else in a work group.
    /生均|师生比|生师比|班额|校际差异|差异系数|毛入园率|覆盖率|巩固率|普惠率|专任教师|骨干教师|轮岗|持证上岗|划片|随迁子女|课业负担|社会认可度|公用经费|保教质量|仪器设备|(面积|占比|比例|人数)(的)?(标准|要求)|(面积|占比|比例|(入学|巩固|普惠|上岗|达标|培训完成)率|差异系数|设备值|[教室师]+数)$/,
    /(标准|要求)(是)?(什么|多少|啥|怎么)|(多少|几|计)分$|分值/,
    /谁(来)?(牵头|负责|主责)|哪个?(单位|部门|科室)(牵头|负责)/,
  ],
};

/** By command name, in the order in which their phrases are tried. The command files take their aliases and phrases from here, so that two commands can be compared on one screen. */
export const wordings = {
  帮助: {
    aliases: ['help', '?', 'bz', '菜单', '使用说明', '使用帮助', '命令', '功能'],
    phrases: [
      /^(怎么|如何)(用|使用|操作)|^(你|您|督导助手|机器人)?(都|还)?(能|会|可以)(帮我)?(做|干|查)?(什么|啥|哪些)$|^(你好|您好|在吗?|在不在|hi|hello)$/i,
    ],
  },
  节假日: {
    aliases: [
      'holiday',
      'holidays',
      'calendar',
      'jjr',
      '放假',
      '调休',
      '假期',
      '节日',
      '工作日历',
      '放假安排',
      '放假通知',
    ],
    phrases: [
      /(?:上班|放假|调休|补班)$|(?:是|算)不?是?(?:工作日|节假日|休息日|假期)$|放几天假?$|放假(?:时间|安排|通知)$|(?:哪|几)天(?:放假|上班|调休|补班)/,
    ],
  },
  我的: {
    aliases: ['mine', 'my', 'wd', 'whoami', '我是谁'],
    phrases: [/^我.{0,6}(有|要|该|得)(做|干|办|忙)?(什么|哪些|啥)(事|工作|要做的|要交的|活)?$/],
  },
  整改: {
    aliases: ['rectify', 'zgqd', '问题清单', '问题台账', '问题列表', '整改台账', '整改清单', '整改列表', '台账'],
    phrases: [/(?<![a-z\d])w\d{1,6}(?!\d)|\d{1,6}号问题|zg-?\d/i, /销号|整改(?:完|到位|情况|了)|复查(?:通过|不通过)/],
  },
  问题: {
    aliases: ['finding', 'wt', '新增问题', '登记问题', '问题登记', '发现问题', '整改 新增', '整改新增'],
    phrases: [],
  },
  日程: schedule,
  // Its lines are told from those of 日程 by their verb: src/chat/visit-words.ts.
  日程管理: { aliases: ['visit', 'visits', 'rcgl'], phrases: [] },
  截止: deadline,
  清单: checklist,
  我是: { aliases: ['iam', "i'm", '我叫', '本人是'], phrases: [] },
  认领: { aliases: ['claim', 'rl'], phrases: [] },
  绑定: {
    aliases: ['bind', 'bd', '绑定本群', '绑定单位', '绑定群'],
    phrases: [/^(把)?(本群|这个群|群)(绑定|绑到|归|属于)/],
  },
  预演: {
    aliases: ['rehearse', 'preview', 'yy', '试运行', '推送预演'],
    phrases: [/^(?:下周|明天|本周)?会(?:推送?|发)(?:什么|哪些)/],
  },
  提醒: {
    aliases: ['remind', 'reminder', 'tx', '提醒规则', '提醒设置', '设置提醒', '推送规则', '推送设置', '推送时间'],
    phrases: [
      /^(?:请|在|给?(?:本|我们)?群里?)*(?:每[天日周月个逢星礼]|工作日|周[一二三四五六日]).*(?:推送|推(?=$|消息)|播报|发送?(?:一次)?(?:今|当|本|截|日程)|提醒$)/,
      /提前[\d一二三四五六七八九十、,]+[天日个].*提醒$/,
    ],
  },
  设置: {
    aliases: ['settings', 'setting', 'sz', '系统设置', '参数', '参数设置'],
    phrases: [/^(?:本群|全区|全市)?(?:免打扰|静默)/],
  },
  紧急: { aliases: ['urgent', 'jj', '紧急推送', '解除免打扰'], phrases: [] },
  角色: {
    aliases: ['role', 'roles', 'js', '权限', '授权'],
    phrases: [
      /^(?:请|把|将)?(?:设|任命|指定|取消|撤销|免去|解除).*(?:管理员|督导员|督学|联络员|领导)/,
      /(?:设|任命|指定)(?:为|成|当)(?:管理员|督导员|督学|联络员|领导)/,
      /^(?:谁是|有哪些|哪些人是)管理员$|^管理员(?:是谁|有谁|有哪些|名单)$|^我(?:有)?(?:什么|哪些)(?:角色|权限)$/,
    ],
  },
  人员: {
    aliases: ['people', 'ry', '通讯录', '人员关联', '人员列表', '联络员名单'],
    phrases: [/^(?:还有)?谁(?:还)?(?:没有?|未)(?:关联|登记)/],
  },
  离任: {
    aliases: ['handover', 'lr', '接替', '人员 离任', '人员 接替', '人员离任', '人员接替', '登记离任', '工作交接'],
    phrases: [/(?:离任|调离|退休)了?$/],
  },
  工作群: {
    aliases: ['groups', 'gzq', '群列表', '工作群列表', '所有群'],
    phrases: [
      /^(?:重发|补发)(?:消息|失败的?消息|未送达的?消息)?[0-9a-f]{0,6}$/i,
      /^(?:你|机器人|督导助手)?在哪(?:些|几个)群里?$/,
    ],
  },
  全部暂停: {
    aliases: ['pause', 'qbzt', '暂停全部', '全部停止', '暂停所有推送'],
    phrases: [/^(?:全部恢复|恢复全部|恢复所有)(?:推送)?$|^resume(?:all)?$/i],
  },
  导入: { aliases: ['import', 'dr', '上传'], phrases: [/^(?:怎么|如何)(?:导入|上传)|^(?:导入|上传)表格/] },
  模板: {
    aliases: ['template', 'mb', '空表', '表格模板'],
    phrases: [/(?:要|发|给).{0,6}(?:模板|空表)|(?:模板|空表)(?:发|给)?(?:我|一份|一下)?$/],
  },
  导出: {
    aliases: ['export', 'dc', '下载'],
    phrases: [/^把.{0,20}(?:导出|下载)/, /(?:导出|下载)(?:来|一下|成表格)?$/],
  },
  汇总: {
    aliases: ['summary', 'stats', 'hz', '统计', '整改汇总', '整改统计', '整改情况统计', '问题汇总', '问题统计'],
    phrases: [/整改(?:完成|按期)?率/, /^(?:整改|问题)(?:的)?(?:总体|整体)情况/],
  },
  审计: {
    aliases: ['audit', 'sj', '操作记录', '操作日志', '日志'],
    phrases: [/谁(?:改|删|动)(?:了|过|的)/],
  },
  状态: {
    aliases: ['status', 'zt', '运行状态', '系统状态'],
    phrases: [/^(你)?(还)?(正常|在线|活着)(吗|么)$|运行(情况|正常)|推送(正常|失败)(吗|了)?|^状态(怎么样|如何|正常)/],
  },
} as const satisfies Record<string, Wording>;
