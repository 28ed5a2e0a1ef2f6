/** A log on one page: what is in it, whether it can be believed, and what it can be used for. */
package hindcast.local.validate;
