import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentsOf, once, run, WORKSHOP } from './workshop';

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';

export interface Jar {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** Of what Maven Central has, in hex. */
  readonly sha256: string;
}

/** Fetches a library from Maven Central and returns its path. */
export function mavenJar(jar: Jar): string {
  const { group, artifact, version, sha256 } = jar;
  const folder = join(WORKSHOP, 'maven');
  const file = join(folder, `${artifact}-${version}.jar`);
  once(artifact, [JSON.stringify(jar)], file, () => {
    run({ program: 'mvn', args: ['--quiet', '--batch-mode', COPY, `-Dartifact=${group}:${artifact}:${version}`, `-DoutputDirectory=${folder}`] });
    const found = createHash('sha256').update(readFileSync(file)).digest('hex');
    if (found !== sha256) throw new Error(`${artifact} ${version} has the checksum ${found}, not ${sha256}`);
  });
  return file;
}

/** Compiles a folder of Groovy and returns the class path to run it with. */
export function groovyBuild(name: string, source: string, groovy: string): string {
  const classes = join(WORKSHOP, 'classes', name);
  once(`classes-${name}`, [contentsOf(source), groovy], join(classes, 'main.class'), () => {
    run({ program: 'bash', args: ['-c', 'rm -rf "$2" && mkdir -p "$2" && java -cp "$0" org.codehaus.groovy.tools.FileSystemCompiler -d "$2" "$1"/*.groovy', groovy, source, classes] });
  });
  return [groovy, classes].join(':');
}
