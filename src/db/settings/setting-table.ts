/** migrations/*\/0007_settings.sql */
export interface SettingTable {
  key: string;
  chat_id: string;
  value: string | null;
  before: string | null;
  changed_by: string;
  changed_at: number;
  version: number;
}
