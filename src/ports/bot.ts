/** What the bot knows of itself. */
export interface BotReads {
  botOpenId(): Promise<string | undefined>;
}

/** What the bot learns of itself. */
export type BotChange = { readonly kind: 'bot.known'; readonly openId: string };
