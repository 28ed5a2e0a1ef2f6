/** The items of a run: those of a simulated world, or those a log shows. */
package hindcast.local.catalogue;
