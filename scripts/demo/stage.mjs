import { forEachAtOnce } from './crowd.mjs';
import { Progress } from './progress.mjs';

const PASSWORD = 'mach-demo-2026';
/** A password costs a server much work on purpose: few at once. */
const SIGN_INS_AT_ONCE = 4;

async function signIn(api, username) {
  const { body } = await api.call('POST', '/session', { body: { username, password: PASSWORD } });
  return body.token;
}

/**
 * Everything that has to be known before the play, read over the public API: the committees (each signed in),
 * what their units owe, the form.
 * @returns `{ administrator, committees, obligations, form }`; an obligation carries the token of the
 * committee that reports for it
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
    committee.obligations = owed
      .filter(({ state }) => state !== 'exempt')
      .map((obligation) => ({ ...obligation, committee }));
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
