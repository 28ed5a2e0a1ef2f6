/**
 * Certificates of replays: what went in, what came out, as hashes, so that a run can be repeated
 * and compared.
 */
package hindcast.local.certificate;
