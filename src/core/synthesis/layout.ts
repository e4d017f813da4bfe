import { App, Chart, Names, YamlOutputType, ApiObject } from 'cdk8s';
import { Manifest } from './resolve';
import { YamlPrinter } from './yaml-printer';
import { Owner, ownerOf } from '../owner';

/** The objects of one chart, as they are printed. */
export interface ResolvedChart {
  readonly chart: Chart;
  /** The folder that the chart claims, relative to the output folder; files as cdk8s would name them otherwise. */
  readonly folder?: string;
  readonly objects: Array<{ readonly object: ApiObject; readonly manifest: Manifest }>;
}

/** A manifest file, its path relative to the output folder. */
export interface ManifestFile {
  readonly path: string;
  readonly content: string;
  readonly chart?: Chart;
  /** Whose the objects in it are. */
  readonly owner?: Owner;
  /** The construct path that the file comes from, where it is no chart. */
  readonly source?: string;
  readonly executable?: boolean;
}

/** Divides charts into files: a folder where the chart claims one, else as `App.synth()` of cdk8s does (`src/app.ts`). */
export function layOut(app: App, charts: ResolvedChart[], numbered: boolean, printer: YamlPrinter): ManifestFile[] {
  const claimed = charts.filter(c => c.folder !== undefined);
  const plain = charts.filter(c => c.folder === undefined);
  return [
    ...layOutAsCdk8s(app, plain, numbered, printer),
    ...claimed.flatMap(chart => filePerObject(app, chart, `${chart.folder}/`, printer)),
  ];
}

function layOutAsCdk8s(app: App, charts: ResolvedChart[], numbered: boolean, printer: YamlPrinter): ManifestFile[] {
  const extension = app.outputFileExtension;
  const name = (chart: Chart, index: number) => `${numbered ? `${String(index).padStart(4, '0')}-` : ''}${Names.toDnsLabel(chart)}`;
  const print = (...resolved: ResolvedChart[]) => printer.print(resolved.flatMap(c => c.objects.map(o => o.manifest)));
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      return charts.length > 0 ? [{ path: `app${extension}`, content: print(...charts) }] : [];
    case YamlOutputType.FILE_PER_CHART:
      return charts.map((c, i) => ({ path: name(c.chart, i) + extension, content: print(c), chart: c.chart }));
    case YamlOutputType.FILE_PER_RESOURCE:
      // Named after the printed object; in folders, after the object as it was declared. A patch can make them differ.
      return charts.flatMap(c => c.objects.map(({ object, manifest }) => ({
        path: fileName(app, manifest.kind, ((manifest.metadata ?? object.metadata) as Manifest).name),
        content: printer.print([manifest]),
        chart: c.chart,
      })));
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return charts.flatMap((c, i) => filePerObject(app, c, `${name(c.chart, i)}/`, printer));
  }
}

function filePerObject(app: App, chart: ResolvedChart, prefix: string, printer: YamlPrinter): ManifestFile[] {
  return chart.objects.map(({ object, manifest }) => ({
    path: prefix + fileName(app, object.kind, object.metadata.name),
    content: printer.print([manifest]),
    chart: chart.chart,
    owner: ownerOf(object),
  }));
}

function fileName(app: App, kind: unknown, name: unknown): string {
  return `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '') + app.outputFileExtension;
}
