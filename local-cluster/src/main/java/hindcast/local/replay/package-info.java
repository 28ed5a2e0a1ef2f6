/** Replay: the pipeline over a historical log, bounded. */
package hindcast.local.replay;
