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
  entry: { figures: { a: '1' }, narratives: {} },
  basedOn: null,
  savedAt: 5,
  receipt: null,
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

  it('are listed for one account, by obligation', () => {
    const storage = new FakeStorage();
    storage.setItem('another program', '{}');
    storage.setItem(draftKey('11560', '9'), 'unreadable');
    writeDraft(storage, draftKey('11560', '7'), draft);
    writeDraft(storage, draftKey('11560', '8'), { ...draft, receipt: 'PTN-1' });
    writeDraft(storage, draftKey('11560-001', '7'), draft);
    expect([...draftsOf(storage, '11560')]).toEqual([
      ['7', draft],
      ['8', { ...draft, receipt: 'PTN-1' }],
    ]);
  });

  it('kept by an earlier version of the page are unsent', () => {
    const storage = new FakeStorage();
    const { receipt, ...earlier } = draft;
    storage.setItem('k', JSON.stringify(earlier));
    expect(readDraft(storage, 'k')).toEqual({ ...earlier, receipt });
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
