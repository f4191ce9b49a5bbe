import {
  attemptFor,
  draftKey,
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
}

const draft: Draft = {
  entry: { figures: { a: '1' }, narratives: {} },
  basedOn: null,
  savedAt: 5,
  attempt: { key: 'k', body: '{}' },
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
