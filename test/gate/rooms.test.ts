import { execFileSync } from 'node:child_process';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { expect, test } from 'vitest';

test('every room imports only what it may, and every module was seen', async () => {
  const options = await extractOptions('./.dependency-cruiser.mjs');
  const { output } = await cruise(['src', 'commands'], options);
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a report instead of a result');

  const violations = output.summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`);
  expect(violations).toEqual([]);

  const ours = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src/*.ts', 'commands/*.ts'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  const seen = new Set(output.modules.map((module) => module.source));
  expect(ours.filter((file) => !seen.has(file))).toEqual([]);
});
