/* Parts of the program that talks to the host of a repository: constant text. */

type Kind = 'github' | 'gitlab' | 'azure';

const HEAD = `# host <file> …: talks to the host of the repository. The token is in the environment of this one program alone.
host() {
  HOST_TOKEN=$host_token NODE_USE_ENV_PROXY=1 node --input-type=module - "$@" << 'FAIRWAY_HOST'
import { readFileSync } from 'node:fs';

const [file, ...told] = process.argv.slice(2);
const { HOST_API: api, HOST_REPOSITORY: repository, HOST_TOKEN: token } = process.env;`;

const CALL = `async function call(method, path, body) {
  const response = await fetch(\`\${api}\${path}\`, {
    method,
    headers: { ...authorization, 'Content-Type': 'application/json', 'User-Agent': 'fairway' },
    signal: AbortSignal.timeout(60_000),
    ...body && { body: JSON.stringify(body) },
  });
  if (!response.ok) {
    console.error(\`\${method} \${path}: \${response.status} \${(await response.text()).slice(0, 500)}\`);
    process.exit(response.status === 403 ? 43 : 1);
  }
  return response.json();
}`;

/** What lets us in. */
const AUTHORIZATION: Readonly<Record<Kind, string>> = {
  github: 'const authorization = { Authorization: `Bearer ${token}`, Accept: \'application/vnd.github+json\' };',
  gitlab: `const authorization = { 'PRIVATE-TOKEN': token };
const project = \`/projects/\${encodeURIComponent(repository)}\`;`,
  azure: 'const authorization = { Authorization: `Basic ${Buffer.from(`:${token}`).toString(\'base64\')}` };',
};

/** All pages of a list. */
const ALL = `async function all(path) {
  const found = [];
  for (let page = 1; page <= 100; page++) {
    const some = await call('GET', \`\${path}?per_page=100&page=\${page}\`);
    found.push(...some);
    if (some.length < 100) break;
  }
  return found;
}

`;

/** What is said, cut to what the host takes. */
const READ = `const cut = (text, most) => text.length <= most ? text : \`\${text.slice(0, most - 40)}\\n\\n(The rest is in the log of the run.)\\n\`;
const text = readFileSync(file, 'utf8');
`;

/** By what a comment is found again. */
const MARKED = `const [number, id] = told;
const marker = \`<!-- fairway: \${id} -->\`;
`;

/** One comment, updated in place. */
const COMMENT: Readonly<Record<Kind, string>> = {
  github: `${ALL}${READ}${MARKED}const body = cut(\`\${marker}\\n\\n\${text}\`, 60_000);
const comments = \`/repos/\${repository}/issues/\${number}/comments\`;
const known = (await all(comments)).find(each => each.body?.startsWith(marker));
await (known ? call('PATCH', \`/repos/\${repository}/issues/comments/\${known.id}\`, { body }) : call('POST', comments, { body }));`,
  gitlab: `${ALL}${READ}${MARKED}const body = cut(\`\${marker}\\n\\n\${text}\`, 60_000);
const notes = \`\${project}/merge_requests/\${number}/notes\`;
const known = (await all(notes)).find(each => each.body?.startsWith(marker));
await (known ? call('PUT', \`\${notes}/\${known.id}\`, { body }) : call('POST', notes, { body }));`,
  azure: `${READ}${MARKED}const content = cut(\`\${marker}\\n\\n\${text}\`, 60_000);
const threads = \`/pullRequests/\${number}/threads\`;
const version = '?api-version=7.1';
const known = (await call('GET', \`\${threads}\${version}\`)).value.find(each => each.comments?.[0]?.content?.startsWith(marker));
await (known ? call('PATCH', \`\${threads}/\${known.id}/comments/\${known.comments[0].id}\${version}\`, { content })
  : call('POST', \`\${threads}\${version}\`, { comments: [{ parentCommentId: 0, content, commentType: 1 }], status: 'closed' }));`,
};

/** One pull request, updated in place. Its address is printed. */
const PROPOSE: Readonly<Record<Kind, string>> = {
  github: `${READ}const [head, base, title] = told;
const body = cut(text, 60_000);
const pulls = \`/repos/\${repository}/pulls\`;
const from = encodeURIComponent(\`\${repository.split('/')[0]}:\${head}\`);
const [known] = await call('GET', \`\${pulls}?state=open&head=\${from}&base=\${encodeURIComponent(base)}\`);
const made = await (known ? call('PATCH', \`\${pulls}/\${known.number}\`, { title, body }) : call('POST', pulls, { title, head, base, body }));
console.log(made.html_url);`,
  gitlab: `${READ}const [source_branch, target_branch, title] = told;
const description = cut(text, 60_000);
const requests = \`\${project}/merge_requests\`;
const query = new URLSearchParams({ state: 'opened', source_branch, target_branch });
const [known] = await call('GET', \`\${requests}?\${query}\`);
const made = await (known ? call('PUT', \`\${requests}/\${known.iid}\`, { title, description })
  : call('POST', requests, { source_branch, target_branch, title, description, remove_source_branch: true }));
console.log(made.web_url);`,
  azure: `${READ}const [source, target, title] = told;
const [sourceRefName, targetRefName] = [source, target].map(name => \`refs/heads/\${name}\`);
const description = cut(text, 4000);
const version = 'api-version=7.1';
const query = new URLSearchParams({ 'searchCriteria.status': 'active', 'searchCriteria.sourceRefName': sourceRefName, 'searchCriteria.targetRefName': targetRefName });
const [known] = (await call('GET', \`/pullrequests?\${query}&\${version}\`)).value;
const made = await (known ? call('PATCH', \`/pullrequests/\${known.pullRequestId}?\${version}\`, { title, description })
  : call('POST', \`/pullrequests?\${version}\`, { sourceRefName, targetRefName, title, description }));
console.log(\`\${made.repository?.webUrl ?? ''}/pullrequest/\${made.pullRequestId}\`);`,
};

/** A function of bash that talks to a host, `host`. */
export function hostFunction(what: 'comment' | 'propose', kind: Kind): string {
  const program = { comment: COMMENT, propose: PROPOSE }[what][kind];
  return [HEAD, AUTHORIZATION[kind], CALL, '', program, 'FAIRWAY_HOST', '}'].join('\n');
}

/** Takes the token out of the environment: neither the program nor hooks of the repository see it. */
export const HIDE_TOKEN = `host_token=\${HOST_TOKEN-}
unset HOST_TOKEN`;
