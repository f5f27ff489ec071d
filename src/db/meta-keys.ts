/** Keys of the table `meta`. */
export const CLAIM_HASH = 'claim_hash';
export const BOT_OPEN_ID = 'bot_open_id';
export const TENANT = 'tenant';
/** There while everything is paused: the instant, a space, who ordered it. */
export const PAUSED = 'paused';
