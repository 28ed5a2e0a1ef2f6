/**
 * What fills the input topics: a simulated world at its own pace, or a historical log as fast as it
 * goes. Both write time markers to every input partition, so that event time advances by data.
 */
package hindcast.local.traffic;
