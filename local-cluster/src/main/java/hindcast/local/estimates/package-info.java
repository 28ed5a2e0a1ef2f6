/** Values over past intervals, from the stored windows of a topic or a file. */
package hindcast.local.estimates;
