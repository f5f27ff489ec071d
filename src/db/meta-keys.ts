/** Keys of the table `meta`. */
export const CLAIM_HASH = 'claim_hash';
export const BOT_OPEN_ID = 'bot_open_id';
