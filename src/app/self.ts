import { commitChanges } from './commit-changes.ts';
import type { Core } from './core.ts';

/** Asks Lark who the bot is and keeps the answer. Until it is known, Lark's own mark on a mention decides (normalise). */
export async function learnSelf(core: Core): Promise<string | undefined> {
  const asked = await core.messenger.botOpenId();
  if (!asked.ok) {
    core.log.warn({ ...asked.failure }, 'the bot could not be identified; tried again with the next tick');
    return undefined;
  }
  if ((await core.store.botOpenId()) !== asked.value) {
    await commitChanges(core.store, [{ kind: 'bot.known', openId: asked.value }]);
  }
  return asked.value;
}
