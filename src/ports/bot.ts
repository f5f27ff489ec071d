/** What the bot knows of itself. */
export interface BotReads {
  botOpenId(): Promise<string | undefined>;
  /** The tenant that the app belongs to, as far as Lark has said. */
  tenantKey(): Promise<string | undefined>;
}

/** What the bot learns of itself. */
export type BotChange =
  | { readonly kind: 'bot.known'; readonly openId: string }
  | { readonly kind: 'tenant.known'; readonly tenantKey: string };
