import { EMPTY_ENTRY } from '@mach/domain';
import {
  attemptFor,
  draftKey,
  draftsOf,
  dropDraft,
  readDraft,
  writeDraft,
  type Draft,
  type DraftStorage,
} from './draft';

class FakeStorage implements DraftStorage {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
}

const draft: Draft = {
  entry: { ...EMPTY_ENTRY, figures: { a: '1' } },
  basedOn: null,
  savedAt: 5,
  receipt: null,
  attempt: { key: 'k', body: '{}' },
  server: { version: 3, synced: true },
};

describe('drafts', () => {
  it('are kept apart for each account and obligation', () => {
    const storage = new FakeStorage();
    writeDraft(storage, draftKey('11560', '7'), draft);
    expect(readDraft(storage, draftKey('11560', '7'))).toEqual(draft);
    expect(readDraft(storage, draftKey('11557', '7'))).toBeNull();
    dropDraft(storage, draftKey('11560', '7'));
    expect(readDraft(storage, draftKey('11560', '7'))).toBeNull();
  });

  it('are listed for one account, by obligation, unless the server has them', () => {
    const storage = new FakeStorage();
    storage.setItem('another program', '{}');
    storage.setItem(draftKey('11560', '9'), 'unreadable');
    const onlyHere = { ...draft, server: { version: 3, synced: false } };
    writeDraft(storage, draftKey('11560', '6'), draft);
    writeDraft(storage, draftKey('11560', '7'), onlyHere);
    writeDraft(storage, draftKey('11560', '8'), { ...draft, receipt: 'PTN-1' });
    writeDraft(storage, draftKey('11560-001', '7'), onlyHere);
    expect([...draftsOf(storage, '11560')]).toEqual([
      ['7', onlyHere],
      ['8', { ...draft, receipt: 'PTN-1' }],
    ]);
  });

  it('kept by an earlier version of the page are unsent, and unknown to the server', () => {
    const storage = new FakeStorage();
    const { basedOn, savedAt, attempt } = draft;
    const earlier = { entry: { figures: { a: '1' }, narratives: {} }, basedOn, savedAt, attempt };
    storage.setItem('k', JSON.stringify(earlier));
    expect(readDraft(storage, 'k')).toEqual({ ...draft, server: { version: null, synced: false } });
  });

  it.each([
    '',
    '{',
    'null',
    '5',
    '{"entry":{"figures":{"a":1},"narratives":{}},"basedOn":null,"savedAt":1,"attempt":null}',
  ])('take %j for none', (text) => {
    const storage = new FakeStorage();
    storage.setItem('k', text);
    expect(readDraft(storage, 'k')).toBeNull();
  });

  it('say so when the browser keeps nothing', () => {
    const full: DraftStorage = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
      removeItem: () => undefined,
      key: () => null,
      length: 0,
    };
    expect(writeDraft(full, 'k', draft)).toBe(false);
  });
});

describe('attemptFor', () => {
  it('uses the key again for the same body without an answer, and only then', () => {
    const unanswered = { key: 'first', body: '{"a":1}' };
    expect(attemptFor('{"a":1}', unanswered, () => 'second')).toBe(unanswered);
    expect(attemptFor('{"a":2}', unanswered, () => 'second')).toEqual({ key: 'second', body: '{"a":2}' });
    expect(attemptFor('{"a":1}', null, () => 'second')).toEqual({ key: 'second', body: '{"a":1}' });
  });
});
