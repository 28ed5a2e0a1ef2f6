/** Logs made of data sets whose truth is known, to try methods on. */
package hindcast.local.simulate;
