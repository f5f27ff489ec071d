/**
 * Opens when a test first asks, for all files of its test process; closed with the process (test-process.ts). For what takes longer to
 * start than most files take to run: workerd, a migrated database, a browser.
 */
export function onceAProcess<Thing>(
  open: () => Promise<Thing>,
  close: (thing: Thing) => Promise<unknown>,
): () => Promise<Thing> {
  let opened: Promise<Thing> | undefined;
  return () => {
    if (opened === undefined) {
      const opening = open();
      opened = opening;
      globalThis.endings ??= [];
      globalThis.endings.push(async () => close(await opening));
    }
    return opened;
  };
}
