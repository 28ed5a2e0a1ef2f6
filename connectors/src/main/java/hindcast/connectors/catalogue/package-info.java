/**
 * Item catalogues as files: written once, verified by hash, loaded once per process.
 *
 * <ul>
 *   <li>catalogue file: ids and float32 embeddings of one version
 *   <li>manifest: the record that names a file, its hash and the event time from which it holds
 *   <li>lease: a user's hold on the process's shared copy
 * </ul>
 */
package hindcast.connectors.catalogue;
