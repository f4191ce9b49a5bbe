/** Names longer than this are none of ours: they are cut, so that an answer does not grow with what was sent. */
const LONGEST_NAME = 100;

/**
 * The RFC 6901 pointer to `name` inside what `parent` points to: `~` and `/` within a name are written `~0`
 * and `~1`. `pointerTo('/figures', 'a/b')` is `/figures/a~1b`.
 */
export function pointerTo(parent: string, name: string): string {
  return `${parent}/${name.slice(0, LONGEST_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
