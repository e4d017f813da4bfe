import { folderOfOwn } from './check';
import { checkAddress } from './delivery/checks';
import { Check, struct } from '../core/shape';

/**
 * A repository of its own that a pipeline stands in, such as that of a service. Its files are written into a folder of the repository of the
 * platform, from where they are taken over; what stands in them is said from the root of the other repository.
 */
export interface PipelineRepository {
  /** Its address, http or https without a user: `https://github.com/acme/checkout`. */
  readonly address: string;

  /** The folder of the repository of the platform that the files are written into: `services/checkout`. All pipelines of the folder have one address. */
  readonly folder: string;
}

/** Throws FW1000 to FW1002, FW1042, FW1056. */
export const pipelineRepository: Check = struct({ address: checkAddress, folder: folderOfOwn }, ['address', 'folder']);
