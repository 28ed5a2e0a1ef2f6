/** Policy checkpoints as records: their content, its hash, and where it lies. */
package hindcast.connectors.checkpoint;
