/*
 * The administrator's API: units, contacts, plans, forms, reminder policies, requirements. DTOs check the
 * shape only;
 * what the values mean (does this cell belong under that committee, does this form add up) is decided in the
 * domain.
 */
export * from './administration/contacts';
export * from './administration/forms';
export * from './administration/indicators';
export * from './administration/plans';
export * from './administration/requirements';
export * from './administration/units';
