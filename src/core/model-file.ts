import * as fs from 'fs';

/** What a platform is, for the command line: the sections that its areas describe. */
export interface PlatformModel {
  readonly name: string;
  /** The root of the repository, absolute. */
  readonly root: string;
  readonly publishedPath: string;
  /** The output folder that the program asks for, absolute; nothing when it leaves that to its caller. */
  readonly outdir?: string;
  /** The folder with the release states, relative to the root. */
  readonly releases: string;
  /** What each area says, by section and name. */
  readonly sections: Record<string, Record<string, object>>;
}

/** Adds a platform to the file for the command line: a program may synthesize several. */
export function addToModelFile(file: string, model: PlatformModel): void {
  const known: PlatformModel[] = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
  fs.writeFileSync(file, JSON.stringify([...known.filter(other => other.name !== model.name), model]));
}
