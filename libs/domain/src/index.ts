export * from './time';
export * from './units/unit';
export * from './forms/form';
export * from './periods/period';
export * from './reminders/policy';
export * from './rollup/rollup';
