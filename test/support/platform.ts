import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { newFolder } from './folders';
import { FileContent, Platform, PlatformProps, RepositoryFile } from 'cdk8s-fairway';

/** A platform `acme` in a new folder, or in the given one. */
export function newPlatform(root = newFolder(), props: Partial<PlatformProps> = {}): Platform {
  return new Platform({ name: 'acme', root, ...props });
}

/** A small Kubernetes object. */
export function object(scope: Construct, id: string, spec: unknown = { id }): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: id }, spec });
}

/** A chart with objects of the given ids. */
export function chart(scope: Construct, id: string, ...objects: string[]): Chart {
  const made = new Chart(scope, id);
  objects.forEach(o => object(made, o));
  return made;
}

/** A platform whose repository files have the given texts, by their paths, and nothing else. */
export function platformOf(root: string, files: Record<string, string>, props: Partial<PlatformProps> = {}): Platform {
  const platform = newPlatform(root, props);
  for (const [path, text] of Object.entries(files)) {
    repositoryFile(platform, path, FileContent.text(text));
  }
  return platform;
}

/** A repository file, its path as id. */
export function repositoryFile(scope: Construct, path: string, content: FileContent, executable = false): RepositoryFile {
  return new RepositoryFile(scope, path, { path, content, executable });
}
