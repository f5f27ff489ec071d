import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ROOT } from './pages.ts';

interface Locked {
  readonly hasInstallScript?: boolean;
}

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
);

test('allowScripts decides about exactly the packages that run something at install', () => {
  const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');
  const withScript = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) => {
    // npm would build whatever has a binding.gyp, though better-sqlite3 brings its binaries along.
    const builds = existsSync(join(ROOT, path, 'binding.gyp'));
    return path !== '' && (hasInstallScript || builds) ? [nameOf(path)] : [];
  });
  // It ships its binaries; its binding.gyp alone would make npm compile it, on machines that have no compiler.
  const implicit = ['better-sqlite3'];
  expect(Object.keys(manifest.allowScripts).toSorted()).toEqual([...new Set([...withScript, ...implicit])].toSorted());
});

test('every version is exact, and the runtime is a dependency of its own', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(manifest.dependencies.node).toMatch(/^24\./);
});
