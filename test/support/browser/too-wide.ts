import type { Page } from 'playwright-core';

/** What makes the page wider than its window, with its right edge in pixels; nothing when the page fits. */
export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const past = [...document.body.querySelectorAll('*')].flatMap((each) => {
      const { right } = each.getBoundingClientRect();
      return right > clientWidth + 0.5 ? [each.tagName + '.' + each.className + ' to ' + right] : [];
    });
    return ['the page is ' + scrollWidth + ' px wide', ...past];
  })()`);
}
