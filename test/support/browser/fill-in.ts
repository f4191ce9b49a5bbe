import type { Page } from 'playwright-core';

/** Every field of the seeded form but those left out, with figures that agree. */
export async function fillIn(page: Page, leftOut: readonly string[] = []): Promise<void> {
  for (const [ref, value] of [
    ['study_sessions', '2'],
    ['study_attendance-numerator', '29'],
    ['study_attendance-denominator', '30'],
    ['broadcasts', '4'],
    ['articles', '1'],
    ['social_posts', '6'],
    ['dialogues', '1'],
    ['recommendations_received', '3'],
    ['recommendations_resolved', '2'],
    ['recommendations_pending', '1'],
    ['members_admitted-numerator', '1'],
    ['members_admitted-denominator', '2'],
    ['enterprise_organisations_founded', '0'],
    ['enterprise_members_admitted', '0'],
    ['inspections-numerator', '0'],
    ['inspections-denominator', '1'],
    ['spending', '1,25'],
  ] as const) {
    if (!leftOut.includes(ref)) await page.getByTestId(`figure-${ref}`).fill(value);
  }
  await page.getByTestId('narrative-results').fill('Đã quán triệt tới toàn thể đảng viên.');
}
