/** A row of the address book as it is kept. */
export const unit = (id: string, name: string, kind: string, parentId?: string) => ({
  id,
  name,
  kind,
  parentId,
  names: [name],
});
