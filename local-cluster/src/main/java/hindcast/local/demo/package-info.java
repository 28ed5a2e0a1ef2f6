/**
 * The demo: everything in one process, fed by a simulated world whose true values are known or by a
 * historical log as live traffic.
 */
package hindcast.local.demo;
