import * as fs from 'fs';
import { everything, lower } from '../pipelines/engines/tekton/graphs';
test('d', () => { const l = lower(everything(), { approvals: true, storage: { cacheClaim: 'cache' } });
 fs.writeFileSync('/tmp/tkgo/engine.json', JSON.stringify(l.objects));
 fs.writeFileSync('/tmp/tkgo/engine.txt', JSON.stringify({ rows: l.rows, f: l.findings, r: l.remains }, undefined, 1)); });
