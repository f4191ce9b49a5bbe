/** What a contact is in a unit's office: the clerk (văn thư) or the head (người đứng đầu). */
export const CONTACT_ROLES = ['clerk', 'head'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];
