// Which room may import which. Each rule says why, as one would to a colleague.
// ARCHITECTURE.md shows the same table; test/gate/rooms.test.ts runs these rules and counts the modules seen.

/** A room may import only the rooms listed (and itself). */
const room = (name, allowed, why) => ({
  name: `room-${name}`,
  comment: why,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: '^(src|commands|test)/',
    pathNot: [name, ...allowed].map((path) => (path.includes('/') ? `^${path}` : `^src/${path}/`)),
  },
});

/** A package has one owner: whoever else wants it asks that room. */
const owner = (pkg, rooms, why) => ({
  name: `package-${pkg.replace(/\W+/g, '-')}`,
  comment: why,
  severity: 'error',
  from: { path: '^(src|commands)/', pathNot: rooms.map((r) => `^${r}`) },
  to: { path: `node_modules/${pkg}/` },
});

/** What other subjects ask of one: who hears of it, what an export is, which visits this reader may be told of, and a push as it will be. */
const SHARED = ['recipients/', 'exports/export-kind', 'visits/visit-(find|saved)', 'reminders/rehearse'];

export default {
  forbidden: [
    room('domain', [], 'The rules of supervision know nothing of chat, storage or the wire.'),
    room('ports', ['domain'], 'What the core asks of the world, as types only.'),
    room(
      'language',
      ['domain', 'ports', 'src/cards/views.ts', 'src/cards/plain.ts', 'src/cards/kit.ts'],
      'Understands what officials type and dispatches it; it knows no subject and no command by name.',
    ),
    room(
      'features',
      [
        'domain',
        'ports',
        'language',
        'cards',
        'excel',
        'src/app/core.ts',
        'src/app/budget.ts',
        'src/app/calendars.ts',
        'src/app/card-message.ts',
        'src/app/live-cards.ts',
        'src/app/address-notices.ts',
        'src/app/commit-changes.ts',
        'src/app/stack-of.ts',
        'src/app/turn.ts',
      ],
      'A folder a subject: its lines, decisions, lists, cards and rounds.',
    ),
    room('cards', ['domain'], 'The kit: turns views into card JSON; it reads and sends nothing.'),
    room(
      'app',
      ['domain', 'ports', 'language', 'features', 'cards', 'excel'],
      'What every line, press, beat and message goes through: no runtime, no dialect, no SDK.',
    ),
    room('lark', ['domain', 'ports'], 'The wire of the platform; no business rule.'),
    room('db', ['domain', 'ports'], 'Tables and statements; it computes no date and writes no Chinese.'),
    room(
      'excel',
      ['domain', 'ports'],
      'Workbook bytes to rows with complaints, and lists to workbook bytes; it writes nothing to the store.',
    ),
    room('web', ['app', 'lark', 'ports', 'domain'], 'Routes only; a decision belongs to app or lark.'),
    room(
      'homes',
      [
        'domain',
        'ports',
        'language',
        'features',
        'cards',
        'app',
        'lark',
        'db',
        'excel',
        'web',
        'emulator',
        'commands/registry.ts',
      ],
      'The only places that construct.',
    ),
    room('emulator', [], 'A stranger to the bot, so that a mistake cannot agree with itself.'),
    {
      name: 'commands-are-leaves',
      comment:
        'A command knows the contract, the domain, its subject and documents; never another command, a use case, a table or card JSON.',
      severity: 'error',
      from: { path: '^commands/', pathNot: '^commands/registry\\.ts$' },
      to: {
        path: '^(src|commands|test)/',
        pathNot: ['^src/language/', '^src/features/', '^src/domain/', '^src/cards/(?!render)', '^src/ports/'],
      },
    },
    {
      name: 'commands-reach-no-use-case',
      comment: 'What a command imports reads and decides; it sends nothing and asks nobody.',
      severity: 'error',
      from: { path: '^commands/' },
      to: { path: '^src/(app|excel|lark|db)/', reachable: true },
    },
    {
      name: 'documents-read-nothing',
      comment: "A subject's document is made of what it is given, and of other documents.",
      severity: 'error',
      from: { path: '^src/features/.*-card\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(domain|cards)/', '^src/features/.*-card\\.ts$'] },
    },
    {
      name: 'subjects-apart',
      comment:
        'A subject takes documents of another, and what it shows with them; those that go through all subjects take what they need.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/', pathNot: '^src/features/(overview|exports|reminders|recipients)/' },
      to: {
        path: '^src/features/',
        pathNot: ['^src/features/$1/', '-card\\.ts$', ...SHARED.map((file) => `^src/features/${file}`)],
      },
    },
    {
      name: 'rounds-are-of-the-beat',
      comment: 'What runs each minute is run by the heartbeat alone.',
      severity: 'error',
      from: { pathNot: ['^src/app/tick\\.ts$', '^src/homes/', '^test/'] },
      to: { path: '^src/features/.*-round\\.ts$' },
    },
    {
      name: 'workbooks-of-two-subjects',
      comment: 'Whoever else wants a table asks imports or exports.',
      severity: 'error',
      from: { path: '^src/features/', pathNot: '^src/features/(imports|exports)/' },
      to: { path: '^src/excel/' },
    },
    {
      name: 'emulator-only-in-demo',
      comment: 'The bot that serves officials never carries the emulator.',
      severity: 'error',
      from: { path: '^src/homes/', pathNot: '^src/homes/demo' },
      to: { path: '^src/emulator/' },
    },
    {
      name: 'worker-reaches-no-node-only-code',
      comment: 'workerd has no native addons, no timers that outlive a request and no sockets of its own.',
      severity: 'error',
      from: { path: '^src/homes/worker\\.ts$' },
      to: {
        path: ['node_modules/(better-sqlite3|pg|node-cron|pino|@hono/node-server)/', '^src/emulator/'],
        reachable: true,
      },
    },
    owner('@larksuiteoapi/', ['src/lark/'], 'One room speaks to Lark.'),
    owner('kysely', ['src/db/'], 'One room speaks SQL.'),
    owner('better-sqlite3', ['src/db/sqlite.ts'], 'A driver belongs to its dialect file.'),
    owner('pg', ['src/db/postgres.ts'], 'A driver belongs to its dialect file.'),
    owner('@e965/xlsx', ['src/excel/'], 'One room reads and writes workbooks.'),
    owner('chinese-days', ['src/domain/calendar/'], 'One room knows the statutory calendar.'),
    owner('hono', ['src/web/', 'src/emulator/', 'src/homes/'], 'HTTP is at the edge.'),
    owner('node-cron', ['src/homes/'], 'One heartbeat, and the homes own it.'),
    owner('pino', ['src/homes/'], 'The core asks for a log; the home gives one.'),
    owner(
      'zod',
      [
        'src/language/',
        'src/features/',
        'src/lark/',
        'src/excel/',
        'src/db/',
        'src/app/',
        'src/homes/',
        'src/emulator/',
        'commands/',
      ],
      'Parsing happens at the edges; the domain and the cards get parsed values.',
    ),
    {
      name: 'core-knows-no-node',
      comment: 'The core runs in workerd too: web standards only, but for files that name their runtime.',
      severity: 'error',
      from: {
        path: ['^src/(domain|ports|language|features|cards|app|web|lark|excel|db)/', '^commands/'],
        pathNot: ['^src/db/(sqlite|postgres|migrate)\\.ts$', '^src/lark/(crypto|verify|decrypt)\\.ts$'],
      },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-cycles', comment: 'Arrows point inward.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A file that nobody reads is deleted.',
      severity: 'error',
      from: { orphan: true, path: '^(src|commands)/', pathNot: ['^src/homes/'] },
      to: {},
    },
    {
      name: 'no-index',
      comment: 'Import the file that defines the thing.',
      severity: 'error',
      from: {},
      to: { path: ['^(src|commands)/index\\.ts$', '^(src|commands)/.*/index\\.ts$'] },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'test may import all; nothing imports test.',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-packages-at-run-time',
      comment: 'npm ci --omit=dev && npm start must work.',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
