import { forEachAtOnce } from './crowd.mjs';
import { Progress } from './progress.mjs';

const PASSWORD = 'mach-demo-2026';
/** A password costs a server much work on purpose: few at once. */
const SIGN_INS_AT_ONCE = 4;

async function signIn(api, username) {
  const { body } = await api.call('POST', '/session', { body: { username, password: PASSWORD } });
  return body.token;
}

/** Receipt number of the report that stands from an earlier play; what is sent now is based on it. */
async function latestReceipt(api, { id, version }, token) {
  if (version === null) return null;
  const { latest } = await api.get(`/obligations/${id}`, token);
  return latest.status.receiptNumber;
}

/**
 * Everything that has to be known before the play, read over the public API: the committees (each signed in),
 * what their units owe, the form.
 * @returns `{ administrator, committees, obligations, form }`; an obligation carries the
 * committee that reports for it and the receipt of what was reported before
 */
export async function setStage(api, { requirement, period }) {
  const administrator = await signIn(api, 'quantri');
  const city = await api.get('/watch', administrator).then(({ unit }) => unit);
  const view = await api.get(`/rollups/${requirement}/${period}/${city.code}`, administrator);
  const committees = view.children.map(({ unit }) => ({
    code: unit.code,
    name: unit.name,
    token: null,
    obligations: [],
  }));

  const progress = new Progress('Committees signed in, their obligations read', committees.length);
  await forEachAtOnce(committees, SIGN_INS_AT_ONCE, async (committee) => {
    committee.token = await signIn(api, committee.code);
    const path = `/obligations?requirement=${requirement}&period=${period}&unit=${committee.code}&limit=1000`;
    const owed = await api.getAll(path, committee.token);
    committee.obligations = await Promise.all(
      owed
        .filter(({ state }) => state !== 'exempt')
        .map(async (obligation) => ({
          ...obligation,
          committee,
          latestReceipt: await latestReceipt(api, obligation, committee.token),
        })),
    );
    progress.advance(committee.name);
  });
  const obligations = committees.flatMap((committee) => committee.obligations);
  progress.end(`${obligations.length} obligations`);

  const { formVersion, formTitle, definition } = await api.get(
    `/obligations/${obligations[0].id}`,
    administrator,
  );
  return {
    administrator,
    city,
    committees,
    obligations,
    form: { version: formVersion, title: formTitle, definition },
  };
}
